/**
 * What there is to choose from: scenarios and drivers. The only file of models/ that the command line knows.
 */
import type { Driver, Scenario } from "../src/spec/scenario.js";
import { linux_6_5 } from "./linux/drivers/linux-6.5.js";
import { oneCpu } from "./scenarios/one-cpu.js";
import { pingPong } from "./scenarios/ping-pong.js";

export const scenarios: readonly Scenario[] = [oneCpu, pingPong];

export const drivers: readonly Driver[] = [linux_6_5];

/** The driver of the mail. */
export const defaultDriver = linux_6_5;
