/**
 * Completion for zsh, by its _arguments: with what each command and option is for.
 */
import type { DescribedCommand, DescribedOption } from "../described.js";
import { following, valuesOf, type Values } from "./values.js";

/** Without a final newline. */
export function zshCompletion(commands: readonly DescribedCommand[]): string {
  return [
    "#compdef pmucheck",
    "# Completion of pmucheck for zsh. To load it: source <(pmucheck completion zsh)",
    "# or as a file _pmucheck in a folder of $fpath.",
    "_pmucheck() {",
    "  local curcontext=$curcontext state line",
    "  local -a commands",
    "  commands=(",
    ...commands.map(
      ({ name, describe }) => `    ${quoted(`${name}:${describe.replaceAll(":", String.raw`\:`)}`)}`,
    ),
    "  )",
    "  _arguments -C '1:command:->command' '*::argument:->argument' && return",
    "  case $state in",
    "    command) _describe -t commands 'pmucheck command' commands ;;",
    "    argument)",
    "      case $words[1] in",
    ...commands.flatMap(commandLines),
    "      esac ;;",
    "  esac",
    "}",
    'if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _pmucheck "$@"; else compdef _pmucheck pmucheck; fi',
  ].join("\n");
}

function commandLines(command: DescribedCommand): string[] {
  const { name, options, positionals } = command;
  const after = following(command);
  const specs = [
    ...options.map(optionSpec),
    ...positionals
      .slice(0, 1)
      .map((one) => `${after.length > 0 ? "1" : "*"}:${one.name}:${actionOf(valuesOf(one))}`),
    ...(after.length > 0 ? ["2:name:->name"] : []),
  ];
  return [
    `        ${name})`,
    `          _arguments ${specs.map(quoted).join(" ")}`,
    ...(after.length === 0
      ? []
      : [
          "          if [[ $state == name ]]; then",
          "            case $words[2] in",
          ...after.map(([words, values]) => `              ${words.join("|")}) ${commandOf(values)} ;;`),
          "            esac",
          "          fi",
        ]),
    "          ;;",
  ];
}

function optionSpec(option: DescribedOption): string {
  const { name, describe, takesValue, repeatable } = option;
  const what = describe.replaceAll(/[[\]:\\]/g, String.raw`\$&`);
  const head = `${repeatable ? "*" : ""}--${name}${takesValue ? "=" : ""}[${what}]`;
  return takesValue ? `${head}:${name}:${actionOf(valuesOf(option))}` : head;
}

function actionOf(values: Values): string {
  return `{${commandOf(values)}}`;
}

function commandOf({ words, files }: Values): string {
  const suffix = words.some((word) => word.endsWith("=")) ? "-S '' " : "";
  return [
    ...(words.length === 0 ? [] : [`compadd ${suffix}-- ${words.join(" ")}`]),
    ...(files ? ["_files"] : []),
    ...(words.length === 0 && !files ? ["_message 'a text'"] : []),
  ].join("; ");
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
