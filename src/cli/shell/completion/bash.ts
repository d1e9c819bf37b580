/**
 * Completion for bash: one function, all words in it, so that no program is started at a key press.
 *
 * bash splits words at `=`: in `--driver=lin` the word before the one at the cursor is `=`.
 */
import type { DescribedCommand } from "../described.js";
import { following, valuesOf, type Values } from "./values.js";

/** Without a final newline. */
export function bashCompletion(commands: readonly DescribedCommand[]): string {
  return [
    "# Completion of pmucheck for bash. To load it: source <(pmucheck completion bash)",
    "_pmucheck() {",
    '  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command="" words="" files="" i',
    '  if [[ $word == "=" ]]; then word=""; fi',
    '  if [[ $before == "=" ]]; then before=${COMP_WORDS[COMP_CWORD - 2]}; fi',
    "  for ((i = 1; i < COMP_CWORD; i++)); do",
    "    if [[ ${COMP_WORDS[i]} != -* && ${COMP_WORDS[i]} != help ]]; then command=${COMP_WORDS[i]}; break; fi",
    "  done",
    "  case $command in",
    `    "") words="help ${commands.map(({ name }) => name).join(" ")}" ;;`,
    ...commands.flatMap(commandLines),
    "  esac",
    '  COMPREPLY=($(compgen -W "$words" -- "$word"))',
    "  if [[ -n $files ]]; then",
    "    compopt -o filenames",
    '    COMPREPLY+=($(compgen -f -- "$word"))',
    "  fi",
    "  if [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *= ]]; then compopt -o nospace; fi",
    "}",
    "complete -F _pmucheck pmucheck",
  ].join("\n");
}

function commandLines(command: DescribedCommand): string[] {
  const { name, options, positionals } = command;
  const [first] = positionals;
  const flags = options.map((one) => `--${one.name}`).join(" ");
  return [
    `    ${name})`,
    "      case $before in",
    ...options
      .filter(({ takesValue }) => takesValue)
      .map((one) => `        --${one.name}) ${assigned(valuesOf(one))} ;;`),
    ...following(command).map(([after, values]) => `        ${after.join(" | ")}) ${assigned(values)} ;;`),
    "        *)",
    `          if [[ $word == -* ]]; then words="${flags}"`,
    `          else ${first === undefined ? ":" : assigned(valuesOf(first))}; fi ;;`,
    "      esac ;;",
  ];
}

function assigned({ words, files }: Values): string {
  return [`words="${words.join(" ")}"`, ...(files ? ["files=yes"] : [])].join(" ");
}
