package personas.connector.files;

import personas.spec.SourceSpec;
import personas.spec.yaml.SourceKey;
import personas.spec.yaml.SpecNode;

/** Reads {@code input.path}. */
public final class FileSourceKey implements SourceKey {
  @Override
  public String key() {
    return "path";
  }

  @Override
  public boolean readsFormat() {
    return true;
  }

  @Override
  public SourceSpec read(SpecNode node) {
    return new FileSource(node.optionalLine());
  }
}
