import { describe, expect, it } from "vitest";
import { readPath } from "./read-path.ts";

describe("readPath", () => {
  it("reads the same operation from every shape", () => {
    expect(readPath("/v1/chat/completions")).toEqual({ shape: "openai", operation: "chat", rest: [] });
    expect(readPath("/openai/v1/chat/completions?api-version=preview")).toEqual({
      shape: "azure-v1",
      operation: "chat",
      rest: [],
      apiVersion: "preview",
    });
    expect(readPath("/openai/deployments/my%20gpt/chat/completions?api-version=2024-10-21")).toEqual({
      shape: "azure-dated",
      operation: "chat",
      deployment: "my gpt",
      rest: [],
      apiVersion: "2024-10-21",
    });
  });

  it("keeps what follows the operation", () => {
    expect(readPath("/v1/files/file-1/content")).toMatchObject({
      operation: "files",
      rest: ["file-1", "content"],
    });
    expect(readPath("/openai/batches/b1/cancel?api-version=1")).toMatchObject({
      shape: "azure-dated",
      operation: "batches",
      rest: ["b1", "cancel"],
    });
    expect(readPath("/openai/deployments/d/batches?api-version=1")).toMatchObject({
      operation: "batches",
      deployment: "d",
    });
  });

  it("serves nothing else", () => {
    for (const url of [
      "/",
      "/v1",
      "/v1/chats",
      "/v1/threads",
      "/openai/deployments/d",
      "/v2/models",
      "/v1/files/%E0",
    ])
      expect(readPath(url)).toBeUndefined();
  });
});
