/** The part of OpenTelemetry's `NodeSDK` that is used. */
type TracingSdk = { readonly start: () => void; readonly shutdown: () => Promise<void> };

export type Tracing = {
  /** What is going on, for whoever starts the server; absent where nobody asked for traces. */
  readonly note?: string;
  /** Sends what is left. */
  readonly stop: () => Promise<void>;
};

const SDK = "@opentelemetry/sdk-node";

/**
 * Sends spans of calls to OTEL_EXPORTER_OTLP_ENDPOINT where that is set and the SDK is installed beside; it reads the other
 * OTEL variables itself. Without them nothing is sent anywhere.
 */
export async function startTracing(
  env: Readonly<Record<string, string | undefined>>,
  load: () => Promise<unknown> = () => import(SDK as string),
): Promise<Tracing> {
  const endpoint = env.OTEL_EXPORTER_OTLP_ENDPOINT ?? env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? "";
  if (endpoint === "" || env.OTEL_SDK_DISABLED === "true") return { stop: async () => {} };
  let sdk: TracingSdk;
  try {
    const { NodeSDK } = (await load()) as {
      readonly NodeSDK: new (options: { readonly serviceName?: string }) => TracingSdk;
    };
    sdk = new NodeSDK(env.OTEL_SERVICE_NAME === undefined ? { serviceName: "tandem" } : {});
    sdk.start();
  } catch {
    return {
      note: `OTEL_EXPORTER_OTLP_ENDPOINT is set, but no traces are sent: npm install ${SDK} beside Tandem`,
      stop: async () => {},
    };
  }
  return {
    note: "traces of calls are sent to OTEL_EXPORTER_OTLP_ENDPOINT, without any text",
    // A collector that is away must not keep the process.
    stop: () => sdk.shutdown().catch(() => {}),
  };
}
