import type { ChatHistoryItem, ChatWrapper, LlamaModel, LlamaText, Token } from "node-llama-cpp";
import type { Message } from "../language-model.ts";
import type { Engine } from "./load-engine.ts";

/** The chat so far in the engine's form, ending with the reply to be written. */
export function toChatHistory(messages: readonly Message[]): ChatHistoryItem[] {
  const turns = messages.map(({ role, content }): ChatHistoryItem => {
    if (role === "assistant") return { type: "model", response: [content] };
    return { type: role, text: content };
  });
  return [...turns, { type: "model", response: [] }];
}

/**
 * The model's chat template with two corrections (seen with node-llama-cpp 3.21.1):
 * - it writes a BOS token for every ChatML model; where BOS is `<|im_start|>` (SmolLM2) and the model is not to
 *   have one, the prompt would begin with that token twice;
 * - where the template ends a turn with a line break, a line break stops the answer, which cuts JSON at its first one.
 *   `forJson` leaves such triggers out: the grammar knows the end.
 */
export function chatTemplate(
  engine: Engine,
  model: LlamaModel,
  options: { readonly forJson: boolean },
): ChatWrapper {
  const wrapper = engine.resolveChatWrapper(model);
  const generateContextState: ChatWrapper["generateContextState"] = (request) => {
    const state = wrapper.generateContextState(request);
    return {
      ...state,
      contextText: model.tokens.shouldPrependBosToken
        ? state.contextText
        : withoutBos(engine, state.contextText),
      stopGenerationTriggers: options.forJson
        ? state.stopGenerationTriggers.filter((trigger) => trigger.toString().trim() !== "")
        : state.stopGenerationTriggers,
    };
  };
  return Object.create(wrapper, { generateContextState: { value: generateContextState } }) as ChatWrapper;
}

function withoutBos(engine: Engine, text: LlamaText): LlamaText {
  const [first, ...rest] = text.values;
  return first instanceof engine.SpecialToken && first.value === "BOS" ? engine.LlamaText(rest) : text;
}

/** The tokens that stand before the reply. Special tokens written inside a message stay plain text. */
export function promptTokens(model: LlamaModel, template: ChatWrapper, history: ChatHistoryItem[]): Token[] {
  return template.generateContextState({ chatHistory: history }).contextText.tokenize(model.tokenizer);
}
