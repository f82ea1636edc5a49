import type { Command } from "commander";
import { BadRequestError } from "../../errors.ts";
import type { LimitSettings } from "../gateway/limits/limit-settings.ts";

/** Limits as a person writes them; `none` takes one away. */
export type LimitOptions = {
  readonly rpm?: string;
  readonly tpm?: string;
  readonly tokensDay?: string;
  readonly tokensMonth?: string;
  readonly budgetDay?: string;
  readonly budgetMonth?: string;
};

const limits = [
  { option: "rpm", flag: "--rpm <number>", name: "requestsPerMinute", help: "requests in any 60 seconds" },
  { option: "tpm", flag: "--tpm <number>", name: "tokensPerMinute", help: "tokens in any 60 seconds" },
  { option: "tokensDay", flag: "--tokens-day <number>", name: "tokensPerDay", help: "tokens a day (UTC)" },
  {
    option: "tokensMonth",
    flag: "--tokens-month <number>",
    name: "tokensPerMonth",
    help: "tokens a month (UTC)",
  },
  { option: "budgetDay", flag: "--budget-day <amount>", name: "budgetPerDay", help: "money a day (UTC)" },
  {
    option: "budgetMonth",
    flag: "--budget-month <amount>",
    name: "budgetPerMonth",
    help: "money a month (UTC)",
  },
] as const satisfies readonly {
  option: keyof LimitOptions;
  name: keyof LimitSettings;
  [more: string]: string;
}[];

export function addLimitOptions(command: Command): Command {
  for (const { flag, help } of limits) command.option(flag, `${help}, or none`);
  return command;
}

/** The limits that are set, changed by what the options say. */
export function readLimitOptions(options: LimitOptions, before: LimitSettings = {}): LimitSettings {
  const after: { -readonly [Name in keyof LimitSettings]: LimitSettings[Name] } = { ...before };
  for (const { option, name, flag } of limits) {
    const text = options[option];
    if (text === undefined) continue;
    if (text === "none") delete after[name];
    else after[name] = readNumber(text, flag.slice(0, flag.indexOf(" ")), name.startsWith("budget"));
  }
  return after;
}

export function hasLimitOptions(options: LimitOptions): boolean {
  return limits.some(({ option }) => options[option] !== undefined);
}

function readNumber(text: string, flag: string, isMoney: boolean): number {
  if (isMoney ? /^\d{1,7}(\.\d{1,9})?$/.test(text) : /^\d{1,15}$/.test(text)) return Number(text);
  throw new BadRequestError(`${flag} can't be "${text}"`, {
    hint: isMoney ? "give an amount, such as 12.50, or none" : "give a whole number, or none",
  });
}

/** `60 requests/min, 5 a day`, or nothing. */
export function limitsText(settings: LimitSettings): string {
  const units = {
    requestsPerMinute: "requests/min",
    tokensPerMinute: "tokens/min",
    tokensPerDay: "tokens/day",
    tokensPerMonth: "tokens/month",
    budgetPerDay: "money/day",
    budgetPerMonth: "money/month",
  };
  return limits
    .flatMap(({ name }) => (settings[name] === undefined ? [] : [`${settings[name]} ${units[name]}`]))
    .join(", ");
}
