import { namespaceUri } from "../../xml/namespaces.ts";
import { relate, type Workbench } from "../edit/part-workbench.ts";

/** The id of the relationship to that address; the same address has one relationship. */
export type LinkWriter = (address: string) => string;

/** Links from one story part. `part` is asked at the first link only, so it may be made then. */
export function createLinks(bench: Workbench, part: () => string): LinkWriter {
  const ids = new Map<string, string>();
  const type = `${namespaceUri("r", bench.document.isStrict)}/hyperlink`;
  return (address) => {
    const id = ids.get(address) ?? relate(bench, part(), { type, target: address, isExternal: true });
    ids.set(address, id);
    return id;
  };
}
