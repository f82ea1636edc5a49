export { type AzureOpenAIModelOptions, azureOpenAIModel } from "./azure-openai.ts";
export {
  CATALOGUE,
  type CatalogueEntry,
  chooseModel,
  findEntry,
  type ModelSource,
  smallestEntry,
} from "./catalogue.ts";
export { type ConnectModelOptions, connectModel } from "./connect-model.ts";
export { estimateTokens } from "./estimate-tokens.ts";
export { type GenerateJsonOptions, type GenerateJsonRequest, generateJson } from "./generate-json.ts";
export type {
  FinishReason,
  GenerateRequest,
  Generation,
  LanguageModel,
  Message,
  ScoreRequest,
  StreamPart,
  Usage,
} from "./language-model.ts";
export { formatModelSpec, type ModelSetting, parseModelSpec } from "./model-spec.ts";
export { type OpenAIModelOptions, openaiModel } from "./openai.ts";
export { type OpenAICompatibleModelOptions, openaiCompatibleModel } from "./openai-compatible.ts";
export {
  type Script,
  type ScriptedAnswer,
  type ScriptedModel,
  type ScriptedModelOptions,
  scriptedModel,
} from "./scripted.ts";
export type {
  EngineCapabilities,
  EngineTerm,
  FailedItem,
  TagSupport,
  TranslatedItem,
  TranslateItem,
  TranslateRequest,
  TranslateResponse,
  TranslationEngine,
} from "./translation/translation-engine.ts";
