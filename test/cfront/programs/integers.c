/* Integer types, conversions and operators. Each function takes nothing and returns a number. */
typedef unsigned char u8;
typedef signed char s8;
typedef unsigned short u16;
typedef short s16;
typedef unsigned int u32;
typedef int s32;
typedef unsigned long long u64;
typedef long long s64;

long long char_is_unsigned(void) { char c = -1; return c; }
long long truncation(void) { u8 a = 0x1ff; s8 b = 0x1ff; u16 c = -1; s16 d = 0x18000; return a * 1000000LL + b * 1000 + c + d; }
long long sign_extension(void) { s32 a = -1; u64 b = a; return b == 0xffffffffffffffffULL; }
long long zero_extension(void) { u32 a = -1; s64 b = a; return b; }
long long unsigned_wins(void) { s32 a = -1; u32 b = 1; return a > b; }
long long wider_signed_wins(void) { s64 a = -1; u32 b = 1; return a > b; }
long long long_and_long_long(void) { unsigned long a = 1; long long b = -1; return a > b; }
long long promotion_to_int(void) { u8 a = 255, b = 1; return a + b; }
long long promotion_keeps_sign(void) { u16 a = 1; return (a - 2) < 0; }
long long promotion_of_both(void) { u16 a = 1, b = 2; s16 c = 0x4000; return ((a - b) < 0) * 10 + ((c << 2) > 0); }
long long complement_of_narrow(void) { u8 a = 0; return ~a; }
long long negated_unsigned(void) { u32 a = 1; return -a; }
long long shift_of_promoted(void) { u8 a = 0xff; return a << 24; }
long long shift_of_signed(void) { s32 a = -16; return (a >> 2) * 100 + ((u32)a >> 28); }
long long shift_type_is_left(void) { u32 a = 1; u64 n = 31; return a << n; }
long long shift_of_long(void) { return 1UL << 63 == 0x8000000000000000ULL; }
long long division_truncates(void) { return (-7 / 2) * 100 + (-7 % 2) * 10 + 7 / -2; }
long long unsigned_division(void) { return (u32)-7 / 2; }
long long wraps_signed(void) { s32 a = 0x7fffffff; a++; s64 b = 0x7fffffffffffffffLL; b += 1; return a == -2147483647 - 1 && b < 0; }
long long wraps_product(void) { s32 a = 65536; return a * a; }
long long wide_product(void) { s32 a = 65536; return (s64)a * a; }
long long bool_of_many(void) { _Bool a = 256, b = 0, c = -1; return a * 100 + b * 10 + c; }
long long bool_increment(void) { _Bool a = 0; a++; a++; return a; }
long long bool_compound(void) { _Bool a = 1; a += 2; a <<= 3; return a; }
long long comparison_is_int(void) { return sizeof(1 < 2) * 10 + (3 < 5) + (5 < 3); }
long long logical_values(void) { return !5 * 100 + !!5 * 10 + !0; }
long long hexadecimal_is_unsigned(void) { return -1 > 0x80000000; }
long long decimal_is_long(void) { return -1 < 2147483648; }
long long suffixes(void) { return sizeof(1) + 10 * sizeof(1L) + 100 * sizeof(1u) + 1000 * sizeof(1ull); }
long long octal_and_binary(void) { return 0777 + 0b101 + 'a' + '\n' + '\x41' + '\101'; }
long long compound_narrow(void) { u8 a = 200; a += 100; a -= 300; a *= 3; return a; }
long long compound_mixed(void) { s32 a = -5; a /= 2u; u8 b = 1; b <<= 9; s8 c = 64; c <<= 1; return a * 1000LL + b * 10 + c; }
long long compound_bits(void) { u64 a = 0xff; a &= ~3; a |= 1UL << 40; a ^= 5; return a; }
long long post_and_pre(void) { int a = 5; int b = a++ * 10; int c = ++a * 100; int d = a--; return b + c + d * 1000 + --a; }
long long wrap_of_post_increment(void) { u8 a = 255; int b = a++; return b * 10 + a; }
long long mask_of_64(void) { u64 mask = ~0ULL >> (63 - 31); return (mask & ~(0UL)) == 0xffffffff; }
long long genmask(void) { return (((~0UL) - (1UL << 3) + 1) & (~0UL >> (64 - 1 - 10))); }
long long period_arithmetic(void) { s64 left = -3, period = 10; u64 max = 0xffffffff; left += period; if (left > (s64)(max >> 1)) left = max >> 1; return (u64)(-left) & max; }
long long sizes(void) { return sizeof(char) + 10 * sizeof(short) + 100 * sizeof(int) + 1000 * sizeof(long) + 10000 * sizeof(void *) + 100000 * sizeof(_Bool); }
enum plain { FIRST, SECOND = 10, THIRD };
enum negative { BELOW = -1, ABOVE };
long long enumerators(void) { enum plain p = THIRD; return p * 100 + FIRST + SECOND; }
long long plain_enum_is_unsigned(void) { enum plain p = 0; return p - 1 > 0; }
long long negative_enum_is_signed(void) { enum negative n = 0; return n - 1 > 0; }
long long cast_chain(void) { return (s64)(s8)(u8)(s32)0x1234567890LL; }
long long ternary_type(void) { s32 a = -1; u32 b = 0; return (1 ? a : b) > 0; }
long long comma(void) { int a = 1; int b = (a++, a *= 3, a + 1); return a * 10 + b; }
long long sizeof_does_not_run(void) { int a = 1; int b = sizeof(a++); return a * 10 + b; }
long long int128(void) { unsigned __int128 a = 0xffffffffffffffffULL; a *= a; return (u64)(a >> 64); }
