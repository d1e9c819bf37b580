/* Pointers. Each function takes nothing and returns a number. */
typedef unsigned int u32;
struct inner { int v; };
static int shared[4] = { 1, 2, 3, 4 };

static void swap(int *a, int *b) { int t = *a; *a = *b; *b = t; }
long long to_locals(void) { int a = 1, b = 2; swap(&a, &b); return a * 10 + b; }
static void twice(int **p) { **p += 1; (**p)++; }
long long to_pointers(void) { int a = 5; int *p = &a; twice(&p); return a; }
long long walk(void) { int a[4] = { 1, 2, 3, 4 }, s = 0; for (int *p = a; p < a + 4; p++) s = s * 10 + *p; return s; }
long long backwards(void) { int a[3] = { 1, 2, 3 }; int *p = &a[3]; int s = 0; while (p != a) s = s * 10 + *--p; return s; }
long long difference(void) { int a[5]; return (&a[4] - &a[1]) * 10 + (a + 5 - a); }
long long post_increment(void) { int a[3] = { 1, 2, 3 }; int *p = a; int x = *p++; x = x * 10 + *p++; return x * 10 + *p; }
long long index_is_commutative(void) { int a[3] = { 4, 5, 6 }; return 2[a] * 10 + *(1 + a); }
long long negative_index(void) { int a[3] = { 1, 2, 3 }; int *p = a + 2; return p[-1]; }
long long array_parameter(void);
static int total(const int v[], int n) { int s = 0; while (n--) s += v[n]; return s; }
long long array_parameter(void) { int a[3] = { 1, 2, 3 }; return total(a, 3) * 100 + total(shared, 4); }
long long array_pointer(void) { int a[2][3] = { { 1, 2, 3 }, { 4, 5, 6 } }; int (*row)[3] = a; row++; return (*row)[1] * 10 + row[-1][2]; }
long long null_tests(void) { int *p = 0; int a; int *q = &a; return (p == 0) * 1000 + !p * 100 + (q ? 1 : 0) * 10 + (p || q); }
long long pointer_to_bool(void) { int a; _Bool yes = &a, no = (int *)0; return yes * 10 + no; }
long long null_in_conditional(void) { struct inner i = { 6 }, *p = &i; return (p ? p : (void *)0)->v * 10 + (!p ? (void *)0 : p)->v; }
long long error_pointers(void) { void *p = (void *)-12L; return (unsigned long)p >= (unsigned long)-4095 ? (long)p : 0; }
long long through_void(void) { int a = 7; void *p = &a; int *q = p; return *q + *(int *)p; }
long long other_sign(void) { int a = -1; u32 *p = (u32 *)&a; long long r = *p; *p = 5; return r * 10 + a; }
struct outer { int before; struct inner in; struct inner list[3]; };
long long member_pointer(void) { struct outer o = { 1, { 2 }, { { 3 }, { 4 }, { 5 } } }; struct inner *i = &o.list[1]; i++; return i->v * 10 + (--i)->v; }
long long first_member(void) { struct outer o = { 8 }; int *p = (int *)&o; return *p; }
long long outer_of_first(void) { struct outer o = { 8, { 9 } }; int *p = &o.before; struct outer *q = (struct outer *)p; return q->in.v; }
long long array_of_element(void) { int a[2][2] = { { 1, 2 }, { 3, 4 } }; int *p = a[1]; int (*row)[2] = (int (*)[2])p; return (*row)[1]; }
long long same_place(void) { struct outer o; return ((void *)&o == (void *)&o.before) * 10 + (&o.in == &o.list[0]); }

static int plus(int a, int b) { return a + b; }
static int minus(int a, int b) { return a - b; }
long long function_pointers(void) { int (*f)(int, int) = plus; int (*g)(int, int) = &minus; return f(5, 3) * 100 + (*g)(5, 3) * 10 + (f == plus) + (f != g); }
struct ops { int (*apply)(int, int); const char *name; };
static const struct ops all[] = { { plus, "plus" }, { .apply = minus } };
long long table_of_functions(void) { int s = 0; for (unsigned i = 0; i < sizeof(all) / sizeof(all[0]); i++) s = s * 10 + all[i].apply(4, 1); return s * 10 + !all[1].name; }
static int apply(int (*f)(int, int), int v) { return f ? f(v, 1) : -1; }
long long passed_functions(void) { return apply(plus, 4) * 100 + apply(minus, 4) * 10 + apply(0, 4); }
long long shared_elements(void) { int *p = shared + 1; *p += 40; p[1] = *p; int r = shared[1] * 100 + shared[2]; shared[1] = 2; shared[2] = 3; return r; }
long long conditional_pointer(void) { int a = 1, b = 2; int *p = a > b ? &a : &b; *(a ? p : &a) = 9; return a * 10 + b; }
long long address_in_struct(void) { struct { int *p; int v; } s = { .v = 4 }; s.p = &s.v; *s.p += 1; return s.v; }
