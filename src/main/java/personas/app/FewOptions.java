package personas.app;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.options.PipelineOptionsRegistrar;

/**
 * Has Beam start without the option interfaces that libraries register. Its factory would check all
 * methods of all of them before it reads the first flag, and again with each interface that is
 * asked for later, which a run on few users would notice. Without them an interface is checked when
 * it is asked for.
 */
final class FewOptions {
  private FewOptions() {}

  /** Starts Beam's factory, where it was not in use yet. */
  static void start() {
    Thread thread = Thread.currentThread();
    ClassLoader all = thread.getContextClassLoader();
    thread.setContextClassLoader(new WithoutRegistrars(all));
    try {
      PipelineOptionsFactory.getRegisteredOptions();
    } finally {
      thread.setContextClassLoader(all);
    }
  }

  /** Makes all interfaces known, so that the flags of each are. */
  static void registerAll() {
    PipelineOptionsFactory.resetCache();
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
