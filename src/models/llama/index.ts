export { cachedModelPath, defaultCacheFolder, modelPath } from "./cache-folder.ts";
export { type EmbeddedModelOptions, openEmbeddedModel } from "./embedded-model.ts";
export { describeSource } from "./fetch-source.ts";
export { type PulledModel, type PullModelOptions, type PullProgress, pullModel } from "./pull-model.ts";
