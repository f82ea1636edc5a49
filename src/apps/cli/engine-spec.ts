import { BadRequestError } from "../../errors.ts";

/** A translation engine by name; keys come from the environment when it is opened. */
export type EngineSpec =
  /** `folder` holds `<from>-<to>` folders of the person's own, used before the cache folder. */
  | { readonly kind: "bergamot"; readonly folder?: string }
  /** The program on this machine, or a server. */
  | { readonly kind: "apertium"; readonly url?: string }
  | { readonly kind: "libretranslate"; readonly url: string }
  | { readonly kind: "deepl" }
  | { readonly kind: "azure" }
  /** A language model; `model` as for `--model`, otherwise the one that would be used. */
  | { readonly kind: "model"; readonly model?: string }
  | { readonly kind: "pseudo" }
  | { readonly kind: "echo" };

const FORMS =
  "bergamot, bergamot:FOLDER, model, model:SPEC, apertium, apertium:URL, libretranslate:URL, deepl, azure, pseudo or echo";

/**
 * Reads one line that names a translation engine, for example `bergamot` or `libretranslate:http://localhost:5000`.
 * Throws `BadRequestError` with the known forms for anything else.
 */
export function parseEngineSpec(spec: string): EngineSpec {
  const [, name = "", rest] = /^([a-z]+)(?::(.*))?$/is.exec(spec.trim()) ?? [];
  const kind = name.toLowerCase();
  const value = rest?.trim();
  if (value === "")
    throw new BadRequestError(`"${spec}" lacks what comes after the colon`, { hint: `write ${FORMS}` });
  switch (kind) {
    case "bergamot":
      return { kind, ...(value !== undefined && { folder: value }) };
    case "model":
      return { kind, ...(value !== undefined && { model: value }) };
    case "apertium":
      return { kind, ...(value !== undefined && { url: address(value, spec) }) };
    case "libretranslate":
      if (value === undefined) {
        throw new BadRequestError("libretranslate needs the address of its server", {
          hint: "for example libretranslate:http://localhost:5000",
        });
      }
      return { kind, url: address(value, spec) };
    case "deepl":
    case "azure":
    case "pseudo":
    case "echo":
      if (value === undefined) return { kind };
      throw new BadRequestError(`${kind} takes nothing after its name`, { hint: `write ${FORMS}` });
    default:
      throw new BadRequestError(`"${spec}" is not a translation engine`, { hint: `write ${FORMS}` });
  }
}

function address(value: string, spec: string): string {
  if (/^https?:\/\//i.test(value) && URL.canParse(value)) return value;
  throw new BadRequestError(`"${spec}" does not hold the address of a server`, {
    hint: "write it with http:// or https://",
  });
}
