import { storedRowFrom } from "../../files/tables/stored-rows.ts";
import type { CellRange } from "../../files/xlsx/types.ts";
import { type AuditBook, type AuditSheet, type PlacedFormula, targetOf } from "./audit-book.ts";
import { addressOf, cellList } from "./describe-cells.ts";
import type { ParsedFormula, RelativeReference } from "./formula/parse-formula.ts";
import { rangesOfName, rangesOfTable } from "./named-ranges.ts";
import { stronglyConnected } from "./strongly-connected.ts";
import type { AuditFinding } from "./types.ts";

/**
 * Formulas that read themselves, at once or through others. Ranges are nodes of a search tree over the formulas of each
 * column, so that running sums over ten thousand rows stay small.
 */
export function checkCycles(book: AuditBook): AuditFinding[] {
  const { nodes, edges } = graphOf(book);
  return stronglyConnected(edges).flatMap((component) => {
    const cells = component.sort((a, b) => a - b).flatMap((node) => nodes[node] ?? []);
    return cells.length === 0 ? [] : [cycleFinding(cells)];
  });
}

type Node = { readonly sheet: AuditSheet; readonly formula: PlacedFormula };

function cycleFinding(cells: readonly Node[]): AuditFinding {
  const [{ sheet, formula }] = cells as readonly [Node, ...Node[]];
  const own = cells.filter((each) => each.sheet === sheet);
  const others = [...new Set(cells.map((each) => each.sheet.name))].slice(1);
  const elsewhere =
    others.length === 0 ? "" : `, by way of ${others.map((name) => JSON.stringify(name)).join(", ")}`;
  return {
    kind: "circular",
    severity: "high",
    confidence: 0.95,
    sheet: sheet.name,
    cells: cellList(own.map((each) => each.formula)),
    message:
      cells.length === 1
        ? `the formula in ${addressOf(formula)} reads its own cell`
        : `${cells.length} formulas compute each other in a circle${elsewhere}`,
  };
}

type Graph = {
  /** Undefined for nodes of the search trees. */
  readonly nodes: (Node | undefined)[];
  readonly edges: number[][];
};

/** A column's formulas from top to bottom, and the root of the tree over them. */
type ColumnTree = { readonly rows: readonly number[]; readonly from: number; readonly root: TreeNode };
type TreeNode = {
  readonly id: number;
  readonly low: number;
  readonly high: number;
  readonly left?: TreeNode;
  readonly right?: TreeNode;
};

function graphOf(book: AuditBook): Graph {
  const graph: Graph = { nodes: [], edges: [] };
  const trees = new Map<AuditSheet, Map<number, ColumnTree>>();
  for (const sheet of book.sheets) {
    const byColumn = new Map<number, PlacedFormula[]>();
    for (const formula of sheet.formulas) {
      const list = byColumn.get(formula.column) ?? [];
      list.push(formula);
      byColumn.set(formula.column, list);
    }
    trees.set(
      sheet,
      new Map([...byColumn].map(([column, list]) => [column, columnTree(graph, sheet, list)])),
    );
  }
  const idsOf = new Map<AuditSheet, (formula: PlacedFormula) => number>();
  for (const [sheet, columns] of trees)
    idsOf.set(sheet, ({ row, column }) => {
      const tree = columns.get(column)!;
      return tree.from + storedRowFrom(tree, row);
    });
  for (const sheet of book.sheets) {
    const idOf = idsOf.get(sheet)!;
    for (const formula of sheet.formulas) addReads(book, sheet, formula, graph.edges[idOf(formula)]!, trees);
  }
  return graph;
}

function columnTree({ nodes, edges }: Graph, sheet: AuditSheet, list: readonly PlacedFormula[]): ColumnTree {
  const from = nodes.length;
  for (const formula of list) {
    nodes.push({ sheet, formula });
    edges.push([]);
  }
  const build = (low: number, high: number): TreeNode => {
    if (low === high) return { id: from + low, low, high };
    const middle = (low + high) >> 1;
    const [left, right] = [build(low, middle), build(middle + 1, high)];
    const id = nodes.length;
    nodes.push(undefined);
    edges.push([left.id, right.id]);
    return { id, low, high, left, right };
  };
  return { rows: list.map(({ row }) => row), from, root: build(0, list.length - 1) };
}

function addReads(
  book: AuditBook,
  sheet: AuditSheet,
  formula: PlacedFormula,
  edges: number[],
  trees: ReadonlyMap<AuditSheet, ReadonlyMap<number, ColumnTree>>,
): void {
  for (const { sheet: there, range } of readsOf(book, sheet, formula)) {
    const columns = trees.get(there)!;
    const isWide = range.lastColumn - range.firstColumn > columns.size;
    const wanted = isWide
      ? [...columns.keys()].filter((each) => each >= range.firstColumn && each <= range.lastColumn)
      : Array.from({ length: range.lastColumn - range.firstColumn + 1 }, (_, by) => range.firstColumn + by);
    for (const column of wanted) {
      const tree = columns.get(column);
      if (tree === undefined) continue;
      const low = storedRowFrom(tree, range.firstRow);
      const high = storedRowFrom(tree, range.lastRow + 1) - 1;
      if (low <= high) addNodes(tree.root, low, high, edges);
    }
  }
}

function addNodes(node: TreeNode, low: number, high: number, edges: number[]): void {
  if (low > node.high || high < node.low) return;
  if (low <= node.low && node.high <= high) {
    edges.push(node.id);
    return;
  }
  addNodes(node.left!, low, high, edges);
  addNodes(node.right!, low, high, edges);
}

/** Functions that ask where a cell is and not what it holds. */
const asksPlace = /^(?:ROW|COLUMN|ROWS|COLUMNS|SHEET|SHEETS|AREAS|OFFSET|FORMULATEXT|ISFORMULA|ISREF|CELL)$/;

const readReferences = new WeakMap<ParsedFormula, readonly RelativeReference[]>();

/** The references of a formula whose cells' contents it needs. */
function contentReferences(parsed: ParsedFormula): readonly RelativeReference[] {
  if (![...parsed.functions].some((name) => asksPlace.test(name))) return parsed.references;
  const known = readReferences.get(parsed);
  if (known !== undefined) return known;
  const list = parsed.tokens.flatMap((token, index) => {
    if (token.kind !== "reference") return [];
    const call = parsed.tokens[index - 2];
    const isPlace =
      call?.kind === "function" && asksPlace.test(call.text) && parsed.tokens[index - 1]!.text === "(";
    // Only the first argument of OFFSET and CELL stands here; the others are contents.
    return isPlace ? [] : [token.reference];
  });
  readReferences.set(parsed, list);
  return list;
}

/** Everything that a formula reads: references, names of ranges, columns of tables. */
export function* readsOf(
  book: AuditBook,
  sheet: AuditSheet,
  formula: PlacedFormula,
): Generator<{ readonly sheet: AuditSheet; readonly range: CellRange }> {
  for (const reference of contentReferences(formula.parsed)) {
    const target = targetOf(book, sheet, reference, formula);
    if (target !== undefined) yield target;
  }
  for (const token of formula.parsed.tokens) {
    if (token.kind === "name") yield* rangesOfName(book, sheet, token.text);
    else if (token.kind === "table") yield* rangesOfTable(book, sheet, token.text, formula);
  }
}
