package personas.report;

import java.util.List;
import java.util.Locale;
import personas.kmeans.ConvergenceStatus;
import personas.model.Model;
import personas.report.data.Axis;
import personas.report.data.ReportData.Convergence;
import personas.report.data.ReportData.Pass;
import personas.report.privacy.ReportMask;

/** The figures of the convergence section: one row per pass, the axes, and a sentence. */
final class ConvergenceFigures {
  private ConvergenceFigures() {}

  /** Returns the passes of a model with the axes of their charts and a sentence on the outcome. */
  static Convergence of(Model model, ReportMask mask) {
    List<Pass> passes =
        model.history().stream()
            .map(
                row ->
                    mask.pass(
                        new Pass(
                            row.iteration(),
                            row.inertia(),
                            row.largestShift(),
                            row.changedUsers())))
            .toList();
    double[] inertia = passes.stream().mapToDouble(Pass::inertia).sorted().toArray();
    double[] shift = passes.stream().mapToDouble(Pass::largestShift).sorted().toArray();
    double changed =
        passes.stream()
            .mapToDouble(pass -> pass.changed() == null ? 0 : pass.changed())
            .max()
            .orElse(0);
    double largest = shift.length == 0 ? 0 : shift[shift.length - 1];
    return new Convergence(
        passes,
        passes.isEmpty() ? Axis.linear(0, 1) : Axis.linear(inertia[0], inertia[inertia.length - 1]),
        largest == 0
            ? Axis.linear(0, 1)
            : Axis.log(0, largest, Axis.leastAboveZero(shift, largest)),
        Axis.linear(0, Math.max(1, changed)),
        sentence(model, passes));
  }

  private static String sentence(Model model, List<Pass> passes) {
    if (model.status() != ConvergenceStatus.CONVERGED) {
      return String.format(
          Locale.ROOT,
          "The run stopped at its limit of %,d iterations while centroids still moved, so the"
              + " personas may still shift. Allow more iterations.",
          model.iterations());
    }
    Long changed = passes.isEmpty() ? null : passes.get(passes.size() - 1).changed();
    // With privacy, a small number of changed users is hidden.
    if (passes.size() > 1 && changed == null) {
      return String.format(
          Locale.ROOT, "The run converged after %,d iterations.", model.iterations());
    }
    if (passes.size() < 2) {
      return "The run converged in the first pass over all users: the centroids that were found on a"
          + " sample hardly moved.";
    }
    return String.format(
        Locale.ROOT,
        "The run converged after %,d iterations. In the last pass over all users, %,d of %,d users"
            + " changed persona.",
        model.iterations(),
        changed,
        model.ledger().users());
  }
}
