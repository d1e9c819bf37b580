/* Structures, unions, arrays, bit-fields and initialisers. Each function takes nothing and returns a number. */
typedef unsigned long long u64;
typedef unsigned int u32;

struct point { int x, y; };
struct line { struct point from, to; int tag; };
struct flags { u32 a : 1, b : 3, : 4, c : 8; int s : 4; u64 wide : 40; _Bool on : 1; };

long long members(void) { struct point p; p.x = 3; p.y = 4; struct point *q = &p; q->x += 10; return p.x * 100 + q->y; }
long long copies(void) { struct line a = { { 1, 2 }, { 3, 4 }, 5 }; struct line b = a; b.from.x = 9; return a.from.x * 10 + b.from.x; }
long long nested_assignment(void) { struct line a = { .tag = 1 }; struct point p = { 7, 8 }; a.to = p; p.x = 0; return a.to.x * 10 + a.to.y; }
long long designated(void) { struct line l = { .to = { .y = 4 }, .tag = 7, .from.x = 1 }; return l.from.x * 1000 + l.from.y * 100 + l.to.y * 10 + l.tag; }
long long designated_then_next(void) { struct line l = { .from.y = 1, 2, 3, 4 }; return l.from.x * 10000 + l.from.y * 1000 + l.to.x * 100 + l.to.y * 10 + l.tag; }
long long braces_left_out(void) { struct line l = { 1, 2, 3, 4, 5 }; return l.from.x * 10000 + l.from.y * 1000 + l.to.x * 100 + l.to.y * 10 + l.tag; }
long long later_wins(void) { struct point p = { .x = 1, .y = 2, .x = 3 }; return p.x * 10 + p.y; }
long long rest_is_zero(void) { struct line l = { { 1 } }; int a[4] = { 1 }; return l.from.y + l.tag + a[1] + a[3]; }
long long empty_braces(void) { struct line l = {}; return l.from.x + l.tag; }
long long array_of_structs(void) { struct point a[3] = { { 1, 2 }, [2] = { .y = 5 } }; return a[0].y * 100 + a[1].x * 10 + a[2].y; }
long long ranges(void) { int a[8] = { [0 ... 5] = 7, [2] = 1, 9, [6 ... 7] = 3 }; long long s = 0; for (int i = 0; i < 8; i++) s = s * 10 + a[i]; return s; }
long long after_a_range(void) { int a[5] = { [0 ... 1] = 1, 2, 3 }; return a[0] * 10000 + a[1] * 1000 + a[2] * 100 + a[3] * 10 + a[4]; }
long long after_a_nested_designator(void) { struct line l = { .from.x = 1, .tag = 7, .to.y = 2 }; return l.from.x * 100 + l.tag * 10 + l.to.y; }
long long nested_ranges(void) { int a[2][3] = { [0 ... 1] = { [0 ... 2] = 4 }, [1][2] = 6 }; return a[0][0] * 100 + a[1][1] * 10 + a[1][2]; }
long long length_from_initialiser(void) { int a[] = { 1, 2, [5] = 3 }; return sizeof(a) / sizeof(a[0]); }
long long strings(void) { char s[] = "abc"; char t[5] = "xy"; const char *u = "hello" " world"; return sizeof(s) * 1000 + s[1] + t[3] + u[6]; }
long long two_dimensions(void) { int a[3][4]; for (int i = 0; i < 3; i++) for (int j = 0; j < 4; j++) a[i][j] = i * 10 + j; return a[2][3] + sizeof(a) * 100 + sizeof(a[0]) * 10000; }

long long bit_fields(void) { struct flags f = { 0 }; f.a = 3; f.b = 13; f.c = 0x1ff; f.s = 9; f.on = 4; return f.a + f.b * 10 + f.c * 100 + f.s * 100000 + f.on * 1000000; }
long long bit_field_promotes(void) { struct flags f = { .b = 7 }; return (f.b - 8) < 0; }
long long wide_bit_field(void) { struct flags f = { 0 }; f.wide = ~0ULL; f.wide += 2; return f.wide; }
long long wide_bit_field_shift(void) { struct flags f = { 0 }; f.wide = 1ULL << 39; return f.wide << 1; }
long long bit_field_compound(void) { struct flags f = { 0 }; f.b = 6; f.b++; f.b++; f.c |= 0x81; f.c <<= 1; return f.b * 1000 + f.c; }
long long bit_field_assignment_value(void) { struct flags f = { 0 }; return (f.b = 15); }
long long bit_field_sizes(void) { struct x { char c; int b : 5; int d : 30; short e; }; struct y { u64 a : 1, b : 63; u64 : 0; char c; }; return sizeof(struct flags) * 10000 + sizeof(struct x) * 100 + sizeof(struct y); }

struct odd { char a; long b; char c; short d; int e[3]; };
struct __attribute__((packed)) tight { char a; long b; short c; };
union number { unsigned int whole; unsigned char bytes[8]; };
long long layouts(void) { return sizeof(struct odd) * 10000 + sizeof(struct tight) * 100 + sizeof(union number); }
long long offsets(void) { return __builtin_offsetof(struct odd, b) * 1000 + __builtin_offsetof(struct odd, e[2]) * 10 + __builtin_offsetof(struct line, to.y); }
long long alignments(void) { return _Alignof(struct odd) * 100 + _Alignof(short) * 10 + __alignof__(struct tight); }
long long aligned(void) { struct a { char c; int x __attribute__((aligned(16))); }; return sizeof(struct a); }
long long union_member(void) { union number n; n.whole = 5; n.whole++; return n.whole; }
long long anonymous_members(void) { struct s { int a; union { struct { int b, c; }; int d; }; } s = { .a = 1, .b = 2, .c = 3 }; return s.a * 100 + s.b * 10 + s.c; }
long long anonymous_by_position(void) { struct s { int a; struct { int b, c; }; int d; } s = { 1, { 2, 3 }, 4 }; return s.a * 1000 + s.b * 100 + s.c * 10 + s.d; }
long long union_by_position(void) { struct { union { int a; int b; }; int c; } s = { 1, 2 }; return s.a * 10 + s.c; }
long long chained_copies(void) { struct point a, b, c = { 1, 2 }; a = b = c; a.x = 5; b.y = 6; return a.x * 1000 + a.y * 100 + b.x * 10 + b.y; }
long long range_of_structs(void) { struct point p = { 1, 2 }, a[2] = { [0 ... 1] = p }; a[0].x = 5; return a[0].x * 10 + a[1].x; }
long long union_initialiser(void) { union { int a; long b; } u = { .b = 77 }, v = { 5 }; return u.b * 10 + v.a; }

static struct point made(int x, int y) { struct point p = { x, y }; return p; }
static int sum(struct point p) { p.x += p.y; return p.x; }
long long struct_by_value(void) { struct point p = made(3, 4); int s = sum(p); return s * 100 + p.x * 10 + made(5, 6).y; }
long long compound_literal(void) { struct point *p = &(struct point){ .x = 6 }; p->y = 2; struct point q = (struct point){ p->y, p->x }; return q.x * 10 + q.y; }
long long literal_array(void) { int *a = (int[]){ 1, 2, 3 }; return a[0] * 100 + a[1] * 10 + a[2]; }
long long self_reference(void) { struct node { int v; struct node *next; } b = { 2, 0 }, a = { 1, &b }; int s = 0; for (struct node *n = &a; n; n = n->next) s = s * 10 + n->v; return s; }

static const int table[] = { 5, 6, 7 };
static const struct { const char *name; int value; } named[] = { { "a", 1 }, { .value = 2, .name = "bc" } };
long long constant_tables(void) { return table[2] * 100 + named[1].value * 10 + named[1].name[1] - 'a'; }
struct chain { const struct chain *next; int v; };
static const struct chain ring[] = { { &ring[1], 1 }, { &ring[0], 2 } };
long long tables_of_themselves(void) { return ring[0].next->next->next->v * 10 + (ring[1].next == ring); }
static struct line shared = { .to = { 3, 4 }, .tag = 9 };
long long shared_struct(void) { struct line l = shared; struct line *s = &shared; s->tag = 1; int r = l.tag * 100 + shared.tag * 10 + shared.to.x; s->tag = 9; return r; }
long long shared_copy(void) { static struct line other; other = shared; return other.to.y * 10 + other.tag; }
