/**
 * Is nothing wanted but help, or the version? Told without a parser, which takes longer to load than to answer.
 */
const HELP = ["--help", "-h", "--version", "-V"];

/** Where that cannot be told at once, the answer is no. A wrong no costs time only. */
export function asksForHelp(argv: readonly string[]): boolean {
  const [first, last] = [argv[0], argv.at(-1)];
  return first === undefined || first === "help" || HELP.includes(first) || HELP.includes(last ?? "");
}
