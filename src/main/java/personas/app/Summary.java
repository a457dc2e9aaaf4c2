package personas.app;

import java.io.PrintStream;
import java.util.Locale;
import personas.model.Model;
import personas.model.Model.ClusterModel;
import personas.pipeline.RunPlan;

/** What the terminal shows at the end of a run. */
final class Summary {
  private final Model model;
  private final RunPlan plan;

  Summary(Model model, RunPlan plan) {
    this.model = model;
    this.plan = plan;
  }

  void print(PrintStream out) {
    for (ClusterModel cluster : model.clusters()) {
      out.println(
          String.format(
              Locale.ROOT,
              "%3d  %-30s %,12d %6.1f %%  %s  %s",
              cluster.id(),
              cluster.persona(),
              cluster.users(),
              100 * cluster.share(),
              cluster.standsOut(),
              cluster.strategy()));
    }
    out.println(
        String.format(
            Locale.ROOT,
            "%s after %d iterations, inertia %.6g",
            model.status(),
            model.iterations(),
            model.inertia()));
    model.warnings().forEach(warning -> out.println("warning: " + warning));
    out.println(plan.output());
  }
}
