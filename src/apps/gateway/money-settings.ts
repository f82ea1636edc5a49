import { BadRequestError } from "../../errors.ts";
import type { Deployment } from "../../models/deployments/types.ts";
import type { Environment } from "../model-config.ts";

/** In what budgets are kept, and what other currencies are worth in it. */
export type MoneySettings = {
  readonly currency: string;
  readonly exchangeRates: Readonly<Record<string, number>>;
  /** Those without a price cost nothing in any currency. */
  readonly deployments: readonly Deployment[];
};

/**
 * Reads TANDEM_CURRENCY and TANDEM_EXCHANGE_RATES (`EUR=1.08,GBP=1.27`). Without them the currency is the one that all prices
 * have. Throws `BadRequestError` for a price that no rate is known for.
 */
export function readMoney(deployments: readonly Deployment[], env: Environment): MoneySettings {
  const isPriced = ({ targets }: Deployment): boolean => targets.some(({ price }) => price !== undefined);
  const used = [...new Set(deployments.filter(isPriced).map((each) => each.currency ?? "USD"))];
  const own = env.TANDEM_CURRENCY?.trim() ?? "";
  if (own !== "" && !/^[A-Z]{3}$/.test(own))
    throw new BadRequestError(`TANDEM_CURRENCY is "${own}"`, { hint: "three capital letters, such as EUR" });
  const currency = own !== "" ? own : used.length === 1 ? used[0]! : "USD";
  const exchangeRates = readRates(env.TANDEM_EXCHANGE_RATES ?? "");
  const missing = used.filter((each) => each !== currency && exchangeRates[each] === undefined);
  if (missing.length > 0)
    throw new BadRequestError(`prices are in ${missing.join(", ")}, budgets in ${currency}`, {
      hint: `say what one is worth: TANDEM_EXCHANGE_RATES=${missing[0]}=1.08`,
    });
  return {
    currency,
    exchangeRates,
    deployments: deployments.map((each) => (isPriced(each) ? each : { ...each, currency })),
  };
}

function readRates(text: string): Readonly<Record<string, number>> {
  const pairs = text.split(/[\s,]+/).filter((each) => each !== "");
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, currency, rate] = /^([A-Z]{3})=(\d+(?:\.\d+)?)$/.exec(pair) ?? [];
      if (currency === undefined || !(Number(rate) > 0))
        throw new BadRequestError(`TANDEM_EXCHANGE_RATES has "${pair}"`, {
          hint: "write it as EUR=1.08,GBP=1.27",
        });
      return [currency, Number(rate)];
    }),
  );
}
