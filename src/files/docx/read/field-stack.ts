/** Follows complex fields through a story: begin, instruction, separate, result, end (17.16.18). */
export type FieldStack = {
  readonly depth: number;
  /** True inside a field whose result Word computes; the shown text of a HYPERLINK or FORMTEXT field is the author's own. */
  readonly isLocked: boolean;
  /** Address of the innermost HYPERLINK field around, when there is one. */
  readonly link: string | undefined;
  readonly character: (type: string) => void;
  readonly instruction: (text: string) => void;
};

type Field = { code: string; isResult: boolean };

export function createFieldStack(): FieldStack {
  const open: Field[] = [];
  return {
    get depth() {
      return open.length;
    },
    get isLocked() {
      return open.some((field) => !(field.isResult && isAuthored(field.code)));
    },
    get link() {
      const field = open.findLast((each) => each.isResult && isHyperlink(each.code));
      return field && hyperlinkTarget(field.code);
    },
    character(type) {
      if (type === "begin") open.push({ code: "", isResult: false });
      else if (type === "end") open.pop();
      else if (type === "separate" && open.length > 0) open.at(-1)!.isResult = true;
    },
    instruction(text) {
      const field = open.at(-1);
      if (field !== undefined && !field.isResult) field.code += text;
    },
  };
}

/** True for fields whose shown text a person writes: of a link, and in a form (17.16.5.25, 17.16.5.20). */
export function isAuthored(code: string): boolean {
  return isHyperlink(code) || /^\s*FORMTEXT\b/i.test(code);
}

function isHyperlink(code: string): boolean {
  return /^\s*HYPERLINK\b/i.test(code);
}

function hyperlinkTarget(code: string): string | undefined {
  const address = /^\s*HYPERLINK\s+(?:"([^"]*)"|([^\s\\]\S*))/i.exec(code);
  if (address !== null) return address[1] ?? address[2];
  const bookmark = /\\l\s+(?:"([^"]*)"|(\S+))/i.exec(code);
  return bookmark === null ? undefined : `#${bookmark[1] ?? bookmark[2]}`;
}
