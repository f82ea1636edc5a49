import { describe, expect, it } from "vitest";
import { onTerminal, testWorld } from "./cli-io.fixture.ts";
import { chooseDestination, writeResult } from "./output-file.ts";

const OLD = new TextEncoder().encode("old");
const NEW = new TextEncoder().encode("new");

describe("chooseDestination", () => {
  it("names the output after the input, and takes the next number when the name is taken", async () => {
    const world = await testWorld();
    await world.put("a.docx", OLD);
    const write = async (input: string): Promise<string | undefined> =>
      (await writeResult(world.io, await chooseDestination(world.io, { input }), NEW, OLD)).path;
    expect(await write("a.docx")).toBe("a.tandem.docx");
    expect(await write("a.docx")).toBe("a.tandem-2.docx");
    expect(await write("a.tandem-2.docx")).toBe("a.tandem-3.docx");
    expect(await world.get("a.docx")).toEqual(OLD);
  });

  it("keeps every backup it ever made", async () => {
    const world = await testWorld();
    await world.put("a.docx", OLD);
    const destination = await chooseDestination(world.io, { input: "a.docx", inPlace: true });
    expect(await writeResult(world.io, destination, NEW, OLD)).toEqual({
      path: "a.docx",
      backup: "a.bak.docx",
    });
    expect(await writeResult(world.io, destination, OLD, NEW)).toEqual({
      path: "a.docx",
      backup: "a.bak-2.docx",
    });
    expect(await world.get("a.bak.docx")).toEqual(OLD);
    expect(await world.get("a.bak-2.docx")).toEqual(NEW);
  });

  it.each([
    ["the input itself", { input: "a.docx", output: "./a.docx" }, "not overwritten"],
    ["another format", { input: "a.docx", output: "a.pdf" }, "stays a .docx file"],
    ["no ending", { input: "a.docx", output: "b" }, "stays a .docx file"],
    ["a folder", { input: "a.docx", output: "." }, "stays a .docx"],
    ["two places at once", { input: "a.docx", output: "b.docx", inPlace: true }, "two different things"],
    ["stdin in place", { input: "-", inPlace: true }, "needs a file"],
    ["the file and JSON on one stream", { input: "-", json: true }, "cannot both go to stdout"],
  ])("refuses %s", async (_, options, message) => {
    const world = await testWorld();
    await world.put("a.docx", OLD);
    await expect(chooseDestination(world.io, options)).rejects.toThrow(message);
  });

  it("does not pour a file into a terminal", async () => {
    const { io } = await testWorld({ isTty: onTerminal });
    await expect(chooseDestination(io, { input: "-" })).rejects.toThrow("terminal");
  });

  it("writes nothing after Ctrl+C", async () => {
    const world = await testWorld({ signal: AbortSignal.abort(new Error("stop")) });
    await expect(writeResult(world.io, { kind: "file", path: "b.docx" }, NEW, OLD)).rejects.toThrow("stop");
    expect(await world.names()).toEqual([]);
  });
});
