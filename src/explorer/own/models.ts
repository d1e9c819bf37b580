/**
 * Models by the names in a trace: the shipped ones, which every page has in it, and those of the user's own code that this
 * page has.
 */
import { drivers, scenarios } from "../../../models/catalogue.js";
import { edits } from "../../../models/edits/catalogue.js";
import { fixes } from "../../../models/fixes/catalogue.js";
import { properties } from "../../../properties/catalogue.js";
import { propertiesOfModels } from "../../../properties/of-models.js";
import { fixOfEdit, type Edit } from "../../spec/edit.js";
import { withFixes, type Fix } from "../../spec/fix.js";
import { configure } from "../../spec/parameter.js";
import { withMemories, type Property } from "../../spec/property.js";
import type { Driver, Scenario } from "../../spec/scenario.js";
import type { System } from "../../spec/system.js";
import type { Subject } from "../../trace/document.js";
import { editOfFile } from "../../trace/edit-name.js";
import { exportsOf } from "./modules.js";
import { NO_OWN_CODE, type OwnCode } from "./own-code.js";
import { driverOfTree } from "./tree.js";

export interface Model {
  readonly system: System;
  readonly property: Property;
}

export class Models {
  readonly #own: OwnCode;
  readonly #loaded = new Map<string, Readonly<Record<string, unknown>>>();
  readonly #trees = new Map<OwnCode["trees"][number], Driver>();

  constructor(own: OwnCode = NO_OWN_CODE) {
    this.#own = own;
  }

  /** The model of a subject. Throws a RangeError for what the page does not have, and what building the model throws. */
  modelOf(subject: Subject): Model {
    const scenario = this.#scenario(subject.scenario);
    const driver = this.#driver(scenario, subject);
    const property = this.#property(scenario, subject.property);
    const config = Object.entries(subject.config).map(([name, value]) => [name, String(value)]);
    // A fix may need a machine that is booted in another way.
    const settings = { ...Object.fromEntries(config), ...driver.fix?.settings } as Record<string, string>;
    const system = scenario.build(driver, configure(scenario.parameters, settings));
    return { system: withMemories(system, [property]), property };
  }

  /** Files, edits of files and patches are not shipped, and neither is the C of a tree. */
  isShipped({ scenario, driver, fix, property }: Subject): boolean {
    const isNamed = (among: readonly Named[], name: string) => among.some((one) => one.name === name);
    return (
      isNamed(scenarios, scenario) &&
      isNamed(drivers, driver) &&
      isNamed(properties, property) &&
      partsOf(fix).every((name) => isNamed(fixes, name) || isNamed(edits, name))
    );
  }

  /** Fixes of ours are for Linux drivers: a model of one's own brings drivers that they do not fit. */
  takesFixes({ scenario }: Subject): boolean {
    return this.#scenario(scenario).own === undefined;
  }

  /** The subject with this fix instead of its own; patches stay, since the tree's C has them. */
  withFix(subject: Subject, fix: string): Subject {
    const patches = partsOf(subject.fix).filter((part) => this.#fix(part) === undefined);
    return { ...subject, fix: [...patches, fix].join("+") };
  }

  /** The names of fixes in files of the page. */
  get ownFixes(): readonly string[] {
    return Object.keys(this.#own.files).filter((file) => this.#exportsOf(file)?.["fix"] !== undefined);
  }

  #scenario(name: string): Scenario {
    const own = this.#exportsOf(name);
    if (own === undefined) return named(scenarios, name, "scenario");
    // The command line has looked at every field of what the file exports.
    return { ...((own["model"] ?? own["scenario"]) as Scenario), name };
  }

  #driver({ own }: Scenario, { driver: name, fix }: Subject): Driver {
    const parts = partsOf(fix);
    const known = parts.map((part) => this.#fix(part));
    const patches = parts.filter((_, at) => known[at] === undefined);
    const tree = this.#own.trees.find(
      (one) => one.driver === name && one.patches.join("\0") === patches.join("\0"),
    );
    if (tree === undefined && patches[0] !== undefined) throw missing("fix", patches[0]);
    const base = tree === undefined ? named(own?.drivers ?? drivers, name, "driver") : this.#driverOf(tree);
    // A patch is in the tree's C already.
    const applied = known.map((one, at) => one ?? patchFix(parts[at] ?? ""));
    return fix === undefined ? base : withFixes(base, fix, applied);
  }

  #driverOf(tree: OwnCode["trees"][number]): Driver {
    let driver = this.#trees.get(tree);
    if (driver === undefined) {
      driver = driverOfTree(tree, named(drivers, tree.base, "driver"));
      this.#trees.set(tree, driver);
    }
    return driver;
  }

  /** Undefined for what is none of the page's: a patch, or nothing. */
  #fix(name: string): Fix | undefined {
    const shipped = fixes.find((one) => one.name === name);
    if (shipped !== undefined) return shipped;
    const edit = edits.find((one) => one.name === name);
    if (edit !== undefined) return fixOfEdit(edit);
    const own = this.#exportsOf(name)?.["fix"];
    if (own !== undefined) return own as Fix;
    const { file = "", name: part = "" } = editOfFile(name) ?? {};
    const ofFile = (this.#exportsOf(file)?.["edits"] ?? []) as readonly Edit[];
    const found = ofFile.find((one) => one.name === part);
    return found && fixOfEdit(found);
  }

  #property({ own, properties: names }: Scenario, name: string): Property {
    const exported = this.#exportsOf(name)?.["property"];
    if (exported !== undefined) return { ...(exported as Property), name };
    if (own === undefined) return named(properties, name, "property");
    const all = [...own.properties, ...propertiesOfModels].filter((one) => names.includes(one.name));
    return named(all, name, "property");
  }

  /** Of a file that the page has; undefined for any other name. */
  #exportsOf(file: string): Readonly<Record<string, unknown>> | undefined {
    const modules = Object.hasOwn(this.#own.files, file) ? this.#own.files[file] : undefined;
    if (modules === undefined) return undefined;
    let exported = this.#loaded.get(file);
    if (exported === undefined) this.#loaded.set(file, (exported = exportsOf(modules)));
    return exported;
  }
}

interface Named {
  readonly name: string;
}

function partsOf(fix: string | undefined): readonly string[] {
  return fix?.split("+") ?? [];
}

function patchFix(name: string): Fix {
  const nothing = { summary: name, idea: "", proposedBy: "the patch", hazards: [], assumes: [], claims: [] };
  return { ...nothing, name, changes: [] };
}

function named<T extends Named>(among: readonly T[], name: string, what: string): T {
  const found = among.find((one) => one.name === name);
  if (found === undefined) throw missing(what, name);
  return found;
}

function missing(what: string, name: string): RangeError {
  return new RangeError(`the page does not have the ${what} ${name}`);
}
