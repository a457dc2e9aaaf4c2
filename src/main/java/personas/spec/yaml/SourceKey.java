package personas.spec.yaml;

import personas.spec.SourceSpec;

/** Reads the key of {@code input} that names one kind of source. */
public interface SourceKey {
  /** Returns the name of the key. */
  String key();

  /**
   * Reads the source, and adds the mistakes of the key. The caller refuses a second source.
   *
   * @param node the value of the key, which is present
   */
  SourceSpec read(SpecNode node);

  /** Returns whether {@code input.format} applies to the source, because the source is files. */
  default boolean readsFormat() {
    return false;
  }
}
