/* What GNU C adds, as the kernel uses it. Each function takes nothing and returns a number. */
typedef unsigned long long u64;
typedef unsigned int u32;

#define max(a, b) ({ typeof(a) _a = (a); typeof(b) _b = (b); _a > _b ? _a : _b; })
#define swap(a, b) do { typeof(a) _t = (a); (a) = (b); (b) = _t; } while (0)
#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]) + 0 * sizeof(struct { int : -!!(__builtin_types_compatible_p(typeof(a), typeof(&(a)[0]))); }))
#define IS_SIGNED(t) ((t)-1 < (t)0)
#define type_code(x) _Generic((x), int: 1, unsigned int: 2, long: 3, unsigned long: 4, char *: 5, const char *: 6, default: 9)
#define if_const(x) __builtin_choose_expr(__builtin_constant_p(x), 10, 20)
#define for_each_bit(bit, word, size) for ((bit) = 0; (bit) < (size); (bit)++) if (!((word) >> (bit) & 1)) {} else

long long statement_expression(void) { int i = 3; return max(i++, 2) * 10 + i; }
long long nested_statement_expression(void) { return max(max(1, 5), max(7, 2)); }
long long statement_expression_in_another(void) { return ({ int x = ({ int y = 4; y; }) * 2; x; }); }
long long statement_expression_scopes(void) { int x = 1; int y = ({ int x = 10; x += 5; x; }); return x * 100 + y; }
long long return_from_expression(void) { int x = 5; x += ({ if (x > 3) return 77; 1; }); return x; }
long long break_from_expression(void) { int n = 0; for (;;) { n++; n += ({ if (n > 10) break; 2; }); } return n; }
long long goto_from_expression(void) { int n = 1; n += ({ if (n) goto out; 5; }); n = 100; out: return n; }
long long loop_in_expression(void) { return ({ int s = 0; for (int i = 1; i < 5; i++) s += i; s; }) * 2; }
long long void_statement_expression(void) { int x = 0; ({ x = 4; }); (void)({ x++; x; }); return x; }
long long typeofs(void) { u32 a = 1; typeof(a) b = -1; __typeof__(a + 1ULL) c = -1; typeof(int[3]) d; return sizeof(b) * 100 + sizeof(c) * 10 + sizeof(d) / 4 + (b > 0); }
long long auto_type(void) { __auto_type x = (unsigned char)200; __auto_type p = &x; *p += 100; return x; }
long long swaps(void) { u64 a = 1, b = 2; swap(a, b); return a * 10 + b; }
long long array_size(void) { int a[7]; return ARRAY_SIZE(a); }
long long signedness(void) { return IS_SIGNED(int) * 1000 + IS_SIGNED(char) * 100 + IS_SIGNED(signed char) * 10 + IS_SIGNED(u64); }
long long generic(void) { long l = 0; const char *s = "x"; char c = 'c'; return type_code(1) * 10000 + type_code(l) * 1000 + type_code(s) * 100 + type_code(c) * 10 + type_code(1ul); }
long long constants(void) { volatile int x = 3; return if_const(4 * 3) + (__builtin_constant_p(x + sizeof(x)) ? 100 : 200); }
long long bits(void) { int b, s = 0; for_each_bit(b, 0x52u, 8) s = s * 10 + b; return s; }
long long case_ranges(void) { int s = 0; for (int i = 0; i < 12; i += 3) switch (i) { case 0 ... 2: s += 1; break; case 3 ... 8: s += 10; break; default: s += 100; } return s; }
long long builtins(void) { return __builtin_ctz(8) + 10 * __builtin_clz(1) + 1000 * __builtin_ffs(0) + 10000 * __builtin_popcountll(0xffULL) + 100000 * __builtin_ffsl(1L << 40); }
long long swapped_bytes(void) { return __builtin_bswap32(0x11223344) + __builtin_bswap16(0x1122) * 0x100000000LL; }
long long expectation(void) { return __builtin_expect(!!5, 1) + __builtin_expect(0, 0); }
long long function_name(void) { return sizeof(__func__) * 100 + __func__[0]; }
long long attributes(void) { int x __attribute__((unused)) = 3; switch (x) { case 3: x++; __attribute__((fallthrough)); case 4: x++; } return x; }
long long extension(void) { return __extension__ 5 + __extension__(1); }
long long old_designators(void) { struct { int a, b; } s = { b: 2, a: 1 }; return s.a * 10 + s.b; }
long long zero_length(void) { struct { int n; int v[]; } *p = 0; return sizeof(*p) + sizeof(p->n); }
long long empty_struct(void) { struct e { }; return sizeof(struct e); }
long long type_compatibility(void) { return __builtin_types_compatible_p(int, const int) * 100 + __builtin_types_compatible_p(u32, unsigned) * 10 + __builtin_types_compatible_p(long, long long); }
long long null_type(void) { int a = 4; int *p = &a; return *(a ? p : (void *)0); }
long long lvalue_comma(void) { int a = 1, b = 2; int *p = (a++, &b); return *p * 10 + a; }
long long implicit_bool(void) { u64 flags = 1ULL << 40; _Bool set = flags & (1ULL << 40); int lost = (int)(flags & (1ULL << 40)); return set * 10 + lost; }
long long local_labels(void) { int n = 0; { __label__ again; again: if (++n < 4) goto again; } return n; }

static long long order;
static void note(int *what) { order = order * 10 + *what; }
#define scoped __attribute__((cleanup(note)))
static int inner_scopes(void) { int a scoped = 1; { scoped int b = 2; int c scoped = 3; a = 4; } return a + (int)order * 10; }
long long cleanup_order(void) { order = 0; int r = inner_scopes(); return r * 100000 + order; }
static int early(int n) { int a scoped = 1; if (n) { int b scoped = 2; return a + b; } a = 5; return 0; }
long long cleanup_on_return(void) { order = 0; int r = early(1) * 10 + early(0); return r * 100000 + order; }
long long cleanup_in_loops(void) { order = 0; for (int i = 0; i < 4; i++) { int a scoped = i; if (i == 1) continue; if (i == 2) break; a = 7; } return order; }
long long cleanup_and_goto(void) { order = 0; int n = 0; again: { int a scoped = ++n; if (n < 3) goto again; a = 9; } return order; }
static int relabelled(void) { int a scoped = 1; int n = 0; again: a *= 2; n++; if (n < 3) goto again; return n; }
long long cleanup_before_label(void) { order = 0; int r = relabelled(); return order * 10 + r; }
static int jumps_out_of_for(void) { for (int a scoped = 3; ({ if (a > 2) return 8; 1; }); a++) ; return 9; }
long long cleanup_of_for_left_early(void) { order = 0; int r = jumps_out_of_for(); return order * 10 + r; }
long long cleanup_of_for(void) { order = 0; for (int a scoped = 1; a < 5; a += 2) order = order * 10; return order; }
long long cleanup_of_expression(void) { order = 0; int r = ({ int a scoped = 3; a + 1; }); return order * 10 + r; }
