import { namespaceUri } from "../../xml/namespaces.ts";

/** The parts that hold comments: the text, threads and state, lasting ids, and authors (17.13.4; MS-DOCX 2.5). */
export type CommentPart = {
  readonly word: "comments" | "commentsExtended" | "commentsIds" | "people";
  readonly relationship: (strict: boolean) => string;
  readonly contentType: string;
  readonly root: (strict: boolean) => string;
};

const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const strictOffice = "http://purl.oclc.org/ooxml/officeDocument/relationships";
const contentType = (word: string): string =>
  `application/vnd.openxmlformats-officedocument.wordprocessingml.${word}+xml`;
const microsoft = (year: number, word: string): string =>
  `http://schemas.microsoft.com/office/${year}/relationships/${word}`;
const w14 = namespaceUri("w14");
const w15 = namespaceUri("w15");
const w16cid = namespaceUri("w16cid");
const mc = namespaceUri("mc");

export const commentParts: readonly CommentPart[] = [
  {
    word: "comments",
    relationship: (strict) => `${strict ? strictOffice : office}/comments`,
    contentType: contentType("comments"),
    root: (strict) =>
      `<w:comments xmlns:w="${namespaceUri("w", strict)}" xmlns:mc="${mc}" xmlns:w14="${w14}" mc:Ignorable="w14"></w:comments>`,
  },
  {
    word: "commentsExtended",
    relationship: () => microsoft(2011, "commentsExtended"),
    contentType: contentType("commentsExtended"),
    root: () => `<w15:commentsEx xmlns:w15="${w15}" xmlns:mc="${mc}" mc:Ignorable="w15"></w15:commentsEx>`,
  },
  {
    word: "commentsIds",
    relationship: () => microsoft(2016, "commentsIds"),
    contentType: contentType("commentsIds"),
    root: () =>
      `<w16cid:commentsIds xmlns:w16cid="${w16cid}" xmlns:mc="${mc}" mc:Ignorable="w16cid"></w16cid:commentsIds>`,
  },
  {
    word: "people",
    relationship: () => microsoft(2011, "people"),
    contentType: contentType("people"),
    root: () => `<w15:people xmlns:w15="${w15}" xmlns:mc="${mc}" mc:Ignorable="w15"></w15:people>`,
  },
];
