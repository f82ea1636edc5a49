import { spawn, spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ordersTable, ordersWorkbook } from "../../src/apps/cli/ask.fixture.ts";
import { type TestWorld, type TestWorldOptions, testWorld } from "../../src/apps/cli/cli-io.fixture.ts";
import { runCli } from "../../src/apps/cli/main.ts";
import { runOffice } from "../../src/apps/cli/run-office.ts";
import { cellValue, openWorkbook, readSheet } from "../../src/files/index.ts";
import { defaultCodec } from "../../src/files/opc/codec.ts";
import { createZip } from "../../src/files/opc/write-zip.ts";
import { workbookFile } from "../../src/files/xlsx/workbook.fixture.ts";
import { binaryWorkbook } from "./binary-workbook.fixture.ts";

const question = "total amount by region";
const answer = "Region · sum of Amount\nNorth · 2998.5\nSouth · 899\nEast · 350.1\n";
const hasOffice = spawnSync("soffice", ["--version"], { timeout: 60_000 }).status === 0;
if (!hasOffice) console.log("skipped: LibreOffice (soffice) is not on this machine");

describe.runIf(hasOffice)("tandem ask about workbooks that LibreOffice converts", () => {
  const files = new Map<string, Uint8Array>();
  let folder = "";

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "tandem-other-"));
    await writeFile(path.join(folder, "orders.xlsx"), ordersWorkbook());
    for (const ending of ["xls", "ods", "fods", "html"]) {
      const profile = `-env:UserInstallation=file://${folder}/profile`;
      const argv = [profile, "--headless", "--convert-to", ending, "--outdir", folder, "orders.xlsx"];
      spawnSync("soffice", argv, { cwd: folder, timeout: 120_000 });
      files.set(`orders.${ending}`, await readFile(path.join(folder, `orders.${ending}`)));
    }
    files.set("orders-xml.xls", new TextEncoder().encode(xmlWorkbook("Orders", ordersTable)));
    files.set("orders.xlsb", binaryWorkbook("Orders", ordersTable));
    files.set("misnamed.xlsx", files.get("orders.xls")!);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function world(name: string, options?: TestWorldOptions): Promise<TestWorld> {
    const made = await testWorld({ env: { PATH: process.env.PATH }, ...options });
    await made.put(name, files.get(name)!);
    return made;
  }

  it.each(["orders.xls", "orders.xlsb", "orders.ods", "orders.fods", "orders-xml.xls", "misnamed.xlsx"])(
    "reads %s, cites the cells of its sheet and says that it was converted",
    async (name) => {
      const { io, out, err, names } = await world(name);
      expect(await runCli(["ask", name, question], io), err()).toBe(0);
      expect(out()).toBe(answer);
      expect(err()).toContain(`note: ${name} was converted to .xlsx by LibreOffice`);
      expect(err()).toContain("cells: Orders!A4:A7, Orders!D4:D7");
      expect(await names()).toEqual([name]);
    },
  );

  it("reads a web page", async () => {
    const { io, out, err } = await world("orders.html");
    expect(await runCli(["ask", "orders.html", question, "--json"], io), err()).toBe(0);
    const report = JSON.parse(out());
    expect(report.values).toContainEqual(["North", 2998.5]);
    expect(report.notes[0]).toContain("was converted");
  });

  it("writes the conversion with a new sheet as .xlsx, and says so", async () => {
    const { io, err, get, names } = await world("orders.ods");
    expect(await runCli(["ask", "orders.ods", question, "-o", "orders.xlsx"], io), err()).toBe(0);
    expect(err()).toContain("note: the copy is the conversion of orders.ods with a new sheet");
    expect(await names()).toEqual(["orders.ods", "orders.xlsx"]);
    const { sheets } = openWorkbook(await get("orders.xlsx"));
    expect(sheets.map(({ name }) => name)).toEqual(["Orders", "Answer"]);
    expect(await get("orders.ods")).toEqual(new Uint8Array(files.get("orders.ods")!));
  });

  it("keeps the values that a file has, and does not compute them anew", async () => {
    const stale = workbookFile('<row r="1"><c r="A1"><v>2</v></c><c r="B1"><f>A1*21</f><v>7</v></c></row>');
    const workbook = openWorkbook((await runOffice(stale, { ending: "xlsx" }))!);
    expect(cellValue(await readSheet(workbook, workbook.sheets[0]!), 1, 1)).toBe(7);
  });

  it("says so when a file is cut off, LibreOffice does not open it, or is too slow", async () => {
    const { io, err, names, put } = await world("orders.xls");
    await put("orders.xls", files.get("orders.xls")!.slice(0, 4000));
    expect(await runCli(["ask", "orders.xls", question, "-o", "out.xlsx"], io)).toBe(1);
    expect(err()).toMatch(/orders\.xls: .*\nhint: /);
    const type = new TextEncoder().encode("application/vnd.oasis.opendocument.spreadsheet");
    await put(
      "orders.xls",
      createZip(new Map([["mimetype", type]]), { ...defaultCodec, deflate: () => type }),
    );
    expect(await runCli(["ask", "orders.xls", question, "-o", "out.xlsx"], io)).toBe(1);
    expect(err()).toMatch(/orders\.xls: LibreOffice did not open the workbook\nhint: open it in Excel/);
    expect(await names()).toEqual(["orders.xls"]);
    await expect(runOffice(files.get("orders.xls")!, { ending: "xls", deadlineMs: 50 })).rejects.toThrow(
      /stopped after/,
    );
  });

  it("stops within a second of Ctrl+C, and leaves no file, folder or process", async () => {
    const temporary = path.join(folder, "tmp");
    await mkdir(temporary);
    await writeFile(path.join(folder, "stop.xls"), files.get("orders.xls")!);
    const program = path.join(import.meta.dirname, "../../bin/tandem.js");
    const argv = [program, "ask", "stop.xls", question, "-o", "stopped.xlsx"];
    const env = { ...process.env, TMPDIR: temporary };
    const child = spawn(process.execPath, argv, { cwd: folder, env, stdio: "ignore" });
    const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
    await until(() => processesIn(temporary) > 0);
    const start = performance.now();
    child.kill("SIGINT");
    expect(await exited).toBe(130);
    expect(performance.now() - start).toBeLessThan(1000);
    await until(() => processesIn(temporary) === 0);
    expect(processesIn(temporary)).toBe(0);
    expect(readdirSync(temporary)).toEqual([]);
    expect(readdirSync(folder)).not.toContain("stopped.xlsx");
  });
});

/** A workbook as Excel 2003 wrote it as XML. */
function xmlWorkbook(sheet: string, rows: readonly (readonly (string | number)[])[]): string {
  const cell = (value: string | number): string =>
    `<Cell><Data ss:Type="${typeof value === "number" ? "Number" : "String"}">${value}</Data></Cell>`;
  const table = rows.map((values) => `<Row>${values.map(cell).join("")}</Row>`).join("");
  const names =
    'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"';
  return `<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook ${names}><Worksheet ss:Name="${sheet}"><Table>${table}</Table></Worksheet></Workbook>`;
}

/** Processes that were started with a folder in there. */
function processesIn(folder: string): number {
  const { stdout } = spawnSync("ps", ["-eo", "args"], { encoding: "utf8" });
  return stdout.split("\n").filter((line) => line.includes(`${folder}/tandem-office-`)).length;
}

async function until(isDone: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400 && !isDone(); tries++)
    await new Promise((resolve) => setTimeout(resolve, 50));
}
