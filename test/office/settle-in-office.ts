import { execFile, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What LibreOffice makes of a file when all its changes are accepted, or rejected; absent when it failed. */
export type OfficeSettled = { readonly accepted?: Uint8Array; readonly rejected?: Uint8Array };

/** LibreOffice's version line; undefined when it is not on this machine. */
export const officeVersion: string | undefined = versionOf("soffice");

function versionOf(command: string): string | undefined {
  const { status, stdout } = spawnSync(command, ["--version"], { timeout: 60_000, encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}

/** Accepts and rejects all changes of the files by LibreOffice's own commands, all in one process. */
export async function settleInOffice(files: readonly Uint8Array[]): Promise<OfficeSettled[]> {
  const folder = await mkdtemp(join(tmpdir(), "tandem-office-"));
  try {
    await Promise.all(files.map((bytes, index) => writeFile(join(folder, `${index}.docx`), bytes)));
    const profile = join(folder, "profile");
    const flags = [`-env:UserInstallation=${pathToFileURL(profile).href}`, "--headless", "--norestore"];
    // The first start writes the profile, with an empty macro in it that ours replaces.
    await run("soffice", [...flags, "--terminate_after_init"], { timeout: 120_000 });
    await writeFile(join(profile, "user/basic/Standard/Module1.xba"), macro);
    const call = `macro:///Standard.Module1.Main("${pathToFileURL(folder).href}", ${files.length})`;
    await run("soffice", [...flags, call], { timeout: 600_000 });
    const read = async (name: string): Promise<Uint8Array | undefined> => {
      const path = join(folder, name);
      return existsSync(path) ? new Uint8Array(await readFile(path)) : undefined;
    };
    return await Promise.all(
      files.map(async (_, index) => {
        const accepted = await read(`${index}-accepted.docx`);
        const rejected = await read(`${index}-rejected.docx`);
        return { ...(accepted && { accepted }), ...(rejected && { rejected }) };
      }),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Basic, because it comes with every LibreOffice; Python often doesn't. A file that fails leaves no output. */
const macro = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Main(folder As String, count As Long)
  Dim index As Long
  For index = 0 To count - 1
    Settle(folder &amp; "/" &amp; index, ".uno:AcceptAllTrackedChanges", "-accepted.docx")
    Settle(folder &amp; "/" &amp; index, ".uno:RejectAllTrackedChanges", "-rejected.docx")
  Next index
  StarDesktop.terminate()
End Sub

Sub Settle(path As String, command As String, ending As String)
  On Error GoTo Failed
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  Dim file As Object
  file = StarDesktop.loadComponentFromURL(path &amp; ".docx", "_blank", 0, hidden())
  file.CurrentController.Frame.LayoutManager.setVisible(False)
  Dim nothing()
  createUnoService("com.sun.star.frame.DispatchHelper").executeDispatch(file.CurrentController.Frame, command, "", 0, nothing())
  Dim format(0) As New com.sun.star.beans.PropertyValue
  format(0).Name = "FilterName"
  format(0).Value = "MS Word 2007 XML"
  file.storeToURL(path &amp; ending, format())
  file.close(True)
Failed:
End Sub
</script:module>
`;
