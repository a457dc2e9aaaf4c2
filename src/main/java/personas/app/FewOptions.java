package personas.app;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.options.PipelineOptionsRegistrar;

/**
 * Has Beam start with those of its option interfaces that a command declares. By default its
 * factory checks the methods of each interface that a library registers before it reads the first
 * flag, which is a fifth of the time of a run on few users. An interface that is asked for later is
 * checked then.
 */
final class FewOptions {
  private FewOptions() {}

  /** Registers the flags of a command; of a factory that is in use already nothing else changes. */
  static void register(Class<? extends PipelineOptions> flags) {
    Thread thread = Thread.currentThread();
    ClassLoader all = thread.getContextClassLoader();
    thread.setContextClassLoader(new WithoutRegistrars(all));
    try {
      PipelineOptionsFactory.register(flags);
    } finally {
      thread.setContextClassLoader(all);
    }
  }

  /** Makes all interfaces known, so that the flags of each are. */
  static void registerAll(Class<? extends PipelineOptions> flags) {
    PipelineOptionsFactory.resetCache();
    PipelineOptionsFactory.register(flags);
  }

  private static final class WithoutRegistrars extends ClassLoader {
    private static final String HIDDEN =
        "META-INF/services/" + PipelineOptionsRegistrar.class.getName();

    WithoutRegistrars(ClassLoader parent) {
      super(parent);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      return name.equals(HIDDEN) ? Collections.emptyEnumeration() : super.getResources(name);
    }
  }
}
