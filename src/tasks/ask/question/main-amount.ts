import type { ColumnProfile, Profile } from "../profile.ts";

/** The column that money is in, where only one can be meant. */
export function mainAmount({ columns }: Profile): ColumnProfile | undefined {
  const additive = columns.filter(({ isAdditive }) => isAdditive);
  const money = additive.filter(
    ({ column }) =>
      /^([$€£¥]|eur|usd|gbp|chf)$/i.test(column.unit ?? "") ||
      /\b(amount|revenue|sales|turnover|total|value|betrag|umsatz|montant|importe|valor)\b/i.test(
        column.name,
      ),
  );
  return money.length === 1 ? money[0] : additive.length === 1 ? additive[0] : undefined;
}

/** The column that pieces are counted in: `Quantity`. */
export function quantityOf({ columns }: Profile): ColumnProfile | undefined {
  return columns.find(
    ({ isAdditive, column }) =>
      isAdditive &&
      /\b(quantity|qty|units|pieces|menge|anzahl|quantité|cantidad|quantidade)\b/i.test(column.name),
  );
}
