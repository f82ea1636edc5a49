import { FileUnsupportedError, TandemError } from "../../errors.ts";
import { type OtherWorkbookFormat, otherWorkbookFormat } from "../../files/xlsx/other-formats.ts";
import type { CliIo } from "./cli-io.ts";
import { runOffice } from "./run-office.ts";
import type { Terminal } from "./terminal.ts";

/** A file to ask about; `note` says that its bytes were made from those of the file. */
export type ReadableFile = { readonly name: string; readonly bytes: Uint8Array; readonly note?: string };

/**
 * The file as it is, or a workbook of another format as .xlsx, made by LibreOffice. Throws `FileUnsupportedError` with
 * what to do where LibreOffice is not installed, and `TandemError` (`engine-failed`) where it does not open the file.
 */
export async function convertWorkbook(
  io: CliIo,
  terminal: Terminal,
  { name, bytes }: { readonly name: string; readonly bytes: Uint8Array },
): Promise<ReadableFile> {
  const format = otherWorkbookFormat(bytes);
  if (format === undefined) return { name, bytes };
  terminal.progress(`converting ${name} with LibreOffice …`);
  try {
    const converted = await runOffice(bytes, {
      ...officeWays[format],
      searchPath: io.env.PATH,
      signal: io.signal,
    });
    if (converted === undefined)
      throw new FileUnsupportedError(`this is ${officeWays[format].called}, which needs LibreOffice`, {
        hint: "install LibreOffice (its program soffice has to be in PATH), or save the file as .xlsx in Excel",
      });
    const note = `${name} was converted to .xlsx by LibreOffice; the cells are those of its sheets`;
    return { name, bytes: converted, note };
  } catch (error) {
    throw named(error, name);
  } finally {
    terminal.endProgress();
  }
}

/** What the format is called, the ending it goes by, and the filter that reads it as a workbook where that says less. */
const officeWays: Readonly<
  Record<OtherWorkbookFormat, { readonly called: string; readonly ending: string; readonly filter?: string }>
> = {
  xls: { called: "a workbook in the old binary format (.xls)", ending: "xls" },
  xlsb: { called: "a binary workbook (.xlsb)", ending: "xlsb" },
  ods: { called: "an OpenDocument workbook (.ods)", ending: "ods" },
  fods: { called: "a flat OpenDocument workbook (.fods)", ending: "fods" },
  xml: { called: "a workbook as XML of Excel 2003", ending: "xml", filter: "MS Excel 2003 XML" },
  html: { called: "a workbook as a web page", ending: "html", filter: "HTML (StarCalc)" },
};

function named(error: unknown, name: string): unknown {
  if (!(error instanceof TandemError) || error.code === "aborted") return error;
  const hint = error.hint ?? "open it in Excel or LibreOffice and save it as .xlsx";
  return new TandemError(error.code, `${name}: ${error.message}`, { hint, cause: error });
}
