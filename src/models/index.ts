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
export { type ConnectTargetOptions, connectTarget } from "./deployments/connect-target.ts";
export {
  type MissingKey,
  type ParseDeploymentsOptions,
  type ParsedDeployments,
  parseDeployments,
} from "./deployments/parse-deployments.ts";
export { isLocalTarget, permittedTargets, strictestPolicy } from "./deployments/permitted-targets.ts";
export {
  type OpenTarget,
  type RoutedAttempt,
  type RoutedModelOptions,
  routedModel,
} from "./deployments/routed-model.ts";
export { createRouter, type RouterOptions } from "./deployments/router.ts";
export type {
  AttemptOutcome,
  DataPolicy,
  Deployment,
  FilterPolicy,
  Operation,
  Price,
  RateLimits,
  RoutedCall,
  Router,
  Target,
  TargetState,
  TokenUsage,
} from "./deployments/types.ts";
export { estimateTokens } from "./estimate-tokens.ts";
export { type GenerateJsonOptions, type GenerateJsonRequest, generateJson } from "./generate-json.ts";
export type {
  Embeddings,
  EmbedRequest,
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
export { type AnswerPart, answerParts, type Finish } from "./openai-shapes/answer-parts.ts";
export {
  type ChatCompletion,
  type ChatCompletionChunk,
  type ChatToolCall,
  type CompletionUsage,
  chatCompletion,
  chatCompletionChunks,
} from "./openai-shapes/chat-answer.ts";
export { chatFromRequest } from "./openai-shapes/chat-request.ts";
export {
  type CompletionCall,
  completionFromRequest,
  type TextCompletion,
  textCompletion,
  textCompletionChunks,
} from "./openai-shapes/completions.ts";
export {
  type EmbeddingCall,
  type EmbeddingList,
  embeddingList,
  embeddingsFromRequest,
} from "./openai-shapes/embeddings.ts";
export {
  type OpenAIErrorBody,
  openaiError,
  RequestShapeError,
} from "./openai-shapes/request-error.ts";
export {
  type ResponseEvent,
  type ResponseItem,
  responseEvents,
  type ShapedResponse,
  shapedResponse,
} from "./openai-shapes/responses-answer.ts";
export { type ResponseCall, responseFromRequest } from "./openai-shapes/responses-request.ts";
export type { ShapeContext, ShapedCall } from "./openai-shapes/shaped-call.ts";
export type { Tool, ToolReply, ToolSet } from "./openai-shapes/tool-calls.ts";
export { type CheckedLinks, type CheckLinksOptions, checkLinks } from "./safety/check-links.ts";
export { type EgressOptions, withEgress } from "./safety/egress.ts";
export {
  type EgressLedger,
  type EgressRecord,
  type RecordingFetchOptions,
  recordingFetch,
} from "./safety/egress-ledger.ts";
export {
  type ContentFilterResults,
  contentFilterError,
  contentFilterResults,
  type FilterVerdict,
  isBlocked,
  type PromptFilterResult,
  promptFilterResults,
  type Severity,
  worstVerdicts,
} from "./safety/filter-annotations.ts";
export { findPersonalData, type PersonalDataOptions } from "./safety/find-personal-data.ts";
export { findSecrets } from "./safety/find-secrets.ts";
export {
  azurePromptShield,
  type ModerationsOptions,
  openaiModerations,
  type PromptShieldOptions,
} from "./safety/hosted-filters.ts";
export {
  inJsonString,
  type MaskedText,
  type MaskSession,
  maskSession,
  maskText,
  type UnmaskOptions,
  type UnmaskStream,
  unmaskStream,
  unmaskText,
} from "./safety/mask-text.ts";
export type { SensitiveKind, SensitiveSpan } from "./safety/sensitive-span.ts";
export {
  datamark,
  dataRule,
  drawMarker,
  type MarkedDataOptions,
  markedData,
  spotlight,
  withoutDatamarks,
} from "./safety/spotlight.ts";
export {
  type InjectionClassifier,
  type InjectionRequest,
  type InjectionVerdict,
  injectionVerdicts,
  type TextFilter,
} from "./safety/text-filter.ts";
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
