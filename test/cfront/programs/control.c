/* Statements and jumps. Each function takes nothing and returns a number. */
static int calls;
static int called(int value) { calls++; return value; }

long long and_stops(void) { calls = 0; int r = called(0) && called(1); return r * 10 + calls; }
long long or_stops(void) { calls = 0; int r = called(7) || called(1); return r * 10 + calls; }
long long conditional_runs_one(void) { calls = 0; int r = called(1) ? called(5) : called(6); return r * 10 + calls; }
long long elvis_runs_once(void) { calls = 0; int r = called(9) ?: called(3); int s = called(0) ?: 4; return r * 100 + s * 10 + calls; }
long long if_else(void) { int r = 0; if (r) r = 1; else if (r == 0) r = 2; else r = 3; return r; }
long long dangling_else(void) { int r = 0; if (1) if (0) r = 1; else r = 2; return r; }
long long for_loop(void) { int s = 0; for (int i = 0; i < 10; i++) { if (i == 3) continue; if (i == 7) break; s = s * 2 + i; } return s; }
long long for_shadows(void) { int i = 100; for (int i = 0; i < 3; i++) ; return i; }
long long for_without_parts(void) { int i = 0; for (;;) { if (++i > 5) break; } return i; }
long long while_loop(void) { int i = 10, s = 0; while (i) { i -= 3; if (i < 0) break; s += i; } return s * 10 + i; }
long long do_loop(void) { int i = 0; do { i++; if (i == 2) continue; } while (i < 5); return i; }
long long do_once(void) { int i = 0; do i++; while (0); return i; }
long long continue_in_do(void) { int i = 0, n = 0; do { n++; continue; } while (++i < 3); return i * 10 + n; }
long long nested_break(void) { int n = 0; for (int i = 0; i < 4; i++) { for (int j = 0; j < 4; j++) { if (j > i) break; n += j; } } return n; }

static int classify(int v)
{
	switch (v) {
	case 0:
		return 10;
	case 1:
	case 2:
		v += 100;
		/* falls through */
	case 3:
		v++;
		break;
	case 5 ... 8:
		return 58;
	case -1:
		return -10;
	default:
		v = 99;
	}
	return v;
}
long long switches(void) { long long s = 0; for (int v = -2; v < 10; v++) s = s * 7 + classify(v); return s; }
long long switch_without_default(void) { int r = 1; switch (5) { case 4: r = 2; } return r; }
long long switch_converts(void) { unsigned char c = 255; switch (c) { case -1: return 1; case 255: return 2; } return 3; }
long long switch_on_unsigned(void) { unsigned int u = -1; switch (u) { case -1: return 1; } return 3; }
long long default_first(void) { int r = 0; switch (3) { default: r += 1; case 1: r += 10; break; case 2: r += 100; } return r; }
long long break_of_switch_in_loop(void) { int n = 0; for (int i = 0; i < 5; i++) { switch (i) { case 2: continue; case 3: break; default: n += 10; } n++; } return n; }
long long declaration_in_switch(void) { switch (2) { int x; case 1: x = 1; return x; case 2: x = 5; return x; } return 0; }

/* The interpreter enters a loop in its middle. */
long long duff(void)
{
	int count = 7, sum = 0, n = (count + 3) / 4;
	switch (count % 4) {
	case 0: do { sum += 1;
	case 3:	     sum += 10;
	case 2:	     sum += 100;
	case 1:	     sum += 1000;
		} while (--n > 0);
	}
	return sum;
}

long long goto_forward(void) { int r = 1; if (r) goto out; r = 2; out: return r; }
long long goto_error_path(void) { int r = 0; for (int i = 0; i < 5; i++) { if (i == 3) { r = i; goto err; } } r = 100; err: return r; }
long long goto_backward(void) { int i = 0; again: i++; if (i < 5) goto again; return i; }
long long goto_into_block(void) { int r = 0; goto in; { r = 50; in: r++; } return r; }
long long goto_into_loop(void) { int i = 3, n = 0; goto middle; while (i < 6) { n += 10; middle: n++; i++; } return n * 10 + i; }
long long goto_into_for(void) { int i = 5, n = 0; goto in; for (i = 0; i < 8; i++) { n += 10; in: n++; } return n * 10 + i; }
long long goto_out_of_nested(void) { int n = 0; for (;;) { while (1) { if (++n > 3) goto done; } } done: return n; }
long long goto_over_declaration(void) { int r = 1; goto skip; int x = 5; r = x; skip: x = 2; return r * 10 + x; }
long long label_at_end(void) { int r = 4; if (r) goto end; r = 5; end: ; return r; }
long long goto_between_ifs(void) { int r = 0, c = 1; if (c) { goto other; } else { r = 1; other: r += 20; } return r; }
long long two_labels(void) { int n = 0; first: n++; if (n < 3) goto first; second: n += 10; if (n < 40) goto second; return n; }

static long long factorial(int n) { return n <= 1 ? 1 : n * factorial(n - 1); }
long long recursion(void) { return factorial(10); }
static void sets(int *to, int value) { *to = value; }
long long void_call(void) { int x = 0; sets(&x, 42); return x; }
static int first_of(int a, int b) { (void)b; return a; }
long long arguments_convert(void) { return first_of(0x1234567800000005LL, 3); }
static unsigned char narrow_result(int v) { return v; }
long long result_converts(void) { return narrow_result(0x1ff); }
static int counter(void) { static int n = 5; return ++n; }
long long static_local(void) { int a = counter(); int b = counter(); return (b - a) * 10; }
