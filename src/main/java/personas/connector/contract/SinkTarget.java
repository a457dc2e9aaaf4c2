package personas.connector.contract;

import personas.spec.SinkSpec;

/** The address of a sink in a spec. */
public interface SinkTarget extends SinkSpec {
  /** Returns the sink of a run. The sink does not connect before it is checked or written. */
  ResultSink sink(SinkRequest request);
}
