import type { WrittenFigure } from "../types.ts";

const slack = 1e-9;

/**
 * True when a figure says a computed value as closely as it is written: rounded to its last place, `about` to its last
 * digit that is no zero or 1 %, bounds within their reach. Both are in the unit of the figure.
 */
export function holds(figure: WrittenFigure, computed: number): boolean {
  if (figure.form === "direction") return Math.sign(computed) === figure.value;
  if (figure.upTo !== undefined)
    return computed >= figure.value - figure.step / 2 && computed <= figure.upTo + figure.step / 2;
  return (
    fits(figure, figure.value, computed) ||
    (figure.otherValue !== undefined && fits(figure, figure.otherValue, computed))
  );
}

function fits(figure: WrittenFigure, value: number, computed: number): boolean {
  const { step, bound, form } = figure;
  const difference = computed - value;
  const size = Math.abs(value);
  const room = slack * Math.max(1, Math.abs(computed));
  const rounded = Math.abs(difference) <= step / 2 + room || isRoundNumber(figure, value, computed);
  const isMultiple = form === "multiple" || form === "fraction";
  switch (bound) {
    case "exact":
      return rounded;
    case "about":
      return (
        rounded ||
        Math.abs(difference) <= Math.max(aboutStep(figure) / 2, size * 0.01, isMultiple ? step : 0) + room
      );
    case "nearly":
      return rounded ? difference <= room || step < size * 0.02 : difference < 0 && -difference <= size * 0.1;
    case "above":
      return difference > -room && difference < size * 0.6 + step && (difference > 0 || form === "number");
    case "below":
      return difference < room && -difference < size * 0.4 + step;
    case "at-least":
      return difference >= -room && difference < size * 0.6 + step;
    case "at-most":
      return difference <= room && -difference < size * 0.4 + step;
    default:
      return bound satisfies never;
  }
}

/** A round number may be as coarse as a tenth of itself. */
function aboutStep({ roundedStep, value }: WrittenFigure): number {
  return Math.min(roundedStep, Math.abs(value) * 0.1);
}

/** `1,200,000` for 1,200,345: three zeros at the end are a rounding. */
function isRoundNumber({ roundedStep, form }: WrittenFigure, value: number, computed: number): boolean {
  if (form !== "number" || roundedStep < 1000 || Math.abs(value) < 10_000) return false;
  return Math.abs(computed - value) <= Math.min(roundedStep, Math.abs(value) * 0.02) / 2;
}
