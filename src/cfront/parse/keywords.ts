/** The words of GNU C that are no names. Each has a spelling with underscores that headers use. */

export const QUALIFIERS = new Set([
  "const",
  "__const",
  "__const__",
  "volatile",
  "__volatile",
  "__volatile__",
  "restrict",
  "__restrict",
  "__restrict__",
  "_Atomic",
]);

export function isConst(word: string): boolean {
  return word === "const" || word === "__const" || word === "__const__";
}

export const STORAGE = new Set([
  "typedef",
  "extern",
  "static",
  "auto",
  "register",
  "_Thread_local",
  "__thread",
]);

export const FUNCTION_SPECIFIERS = new Set(["inline", "__inline", "__inline__", "_Noreturn"]);

export const BASIC_TYPES = new Set([
  "void",
  "char",
  "short",
  "int",
  "long",
  "float",
  "double",
  "signed",
  "__signed",
  "__signed__",
  "unsigned",
  "_Bool",
  "_Complex",
  "__int128",
]);

export const RECORDS = new Set(["struct", "union"]);

export const TYPEOF = new Set(["typeof", "__typeof", "__typeof__", "typeof_unqual", "__auto_type"]);

export const ATTRIBUTE = new Set(["__attribute__", "__attribute"]);
export const ASM = new Set(["asm", "__asm", "__asm__"]);
export const ALIGNOF = new Set(["_Alignof", "__alignof", "__alignof__"]);

/** What a declaration may begin with, names of types apart. */
export const DECLARATION_WORDS = new Set([
  ...QUALIFIERS,
  ...STORAGE,
  ...FUNCTION_SPECIFIERS,
  ...BASIC_TYPES,
  ...RECORDS,
  ...TYPEOF,
  ...ATTRIBUTE,
  "enum",
  "_Alignas",
  "__extension__",
]);

const STATEMENT_WORDS = [
  "if",
  "else",
  "while",
  "do",
  "for",
  "switch",
  "case",
  "default",
  "break",
  "continue",
  "return",
  "goto",
  "sizeof",
  "_Generic",
  "_Static_assert",
  "static_assert",
  "__label__",
];

export const KEYWORDS = new Set([...DECLARATION_WORDS, ...STATEMENT_WORDS, ...ASM, ...ALIGNOF]);
