/**
 * Every PTransform, DoFn, CombineFn and coder - wiring, no arithmetic. This package may import
 * Beam, report and below.
 */
package personas.pipeline;
