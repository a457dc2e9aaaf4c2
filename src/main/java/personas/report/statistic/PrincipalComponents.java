package personas.report.statistic;

import java.util.function.IntToDoubleFunction;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import personas.report.data.ReportSample;

/**
 * The first two principal components of the standardized users: eigenvectors of the covariance
 * matrix. The sign of a component makes the largest loading positive. If several loadings are
 * equally large, the first of them is positive.
 */
public final class PrincipalComponents {
  private final double[] means;
  private final double[][] loadings;
  private final double[] shares;

  /**
   * Computes the components.
   *
   * @param sample a sample with at least two features
   * @throws IllegalArgumentException if the sample has one feature
   */
  public PrincipalComponents(ReportSample sample) {
    int d = sample.d();
    if (d < 2) {
      throw new IllegalArgumentException("features: " + d + " are too few for two components");
    }
    means = new double[d];
    EigenDecomposition eigen =
        new EigenDecomposition(new Array2DRowRealMatrix(covariance(sample, means)));
    double[] values = eigen.getRealEigenvalues();
    double trace = 0;
    for (double value : values) {
      trace += Math.max(0, value);
    }
    loadings = new double[2][];
    shares = new double[2];
    for (int component = 0; component < 2; component++) {
      // Commons Math returns the eigenvalues in descending order.
      loadings[component] = withSign(eigen.getEigenvector(component).toArray());
      shares[component] = trace == 0 ? 0 : Math.max(0, values[component]) / trace;
    }
  }

  private static double[][] covariance(ReportSample sample, double[] means) {
    int d = sample.d();
    int n = Math.max(1, sample.size());
    for (int f = 0; f < d; f++) {
      for (int i = 0; i < sample.size(); i++) {
        means[f] += sample.z(f, i) / n;
      }
    }
    double[][] covariance = new double[d][d];
    for (int f = 0; f < d; f++) {
      for (int g = 0; g <= f; g++) {
        double sum = 0;
        for (int i = 0; i < sample.size(); i++) {
          sum += (sample.z(f, i) - means[f]) * (sample.z(g, i) - means[g]);
        }
        covariance[f][g] = sum / n;
        covariance[g][f] = sum / n;
      }
    }
    return covariance;
  }

  private static double[] withSign(double[] loadings) {
    int largest = 0;
    for (int f = 1; f < loadings.length; f++) {
      // Loadings that differ only by rounding are equal.
      if (Math.abs(loadings[f]) > Math.abs(loadings[largest]) + 1e-9) {
        largest = f;
      }
    }
    double sign = loadings[largest] < 0 ? -1 : 1;
    double[] signed = new double[loadings.length];
    for (int f = 0; f < signed.length; f++) {
      signed[f] = sign * loadings[f] + 0.0;
    }
    return signed;
  }

  /** Returns the share of the variance that a component explains, 0..1. */
  public double share(int component) {
    return shares[component];
  }

  /** Returns a copy of the d loadings of a component. The sum of their squares is 1. */
  public double[] loadings(int component) {
    return loadings[component].clone();
  }

  /**
   * Returns the score of a user on a component.
   *
   * @param component 0 or 1
   * @param z the standardized value of each feature
   */
  public double score(int component, IntToDoubleFunction z) {
    double score = 0;
    for (int f = 0; f < means.length; f++) {
      score += loadings[component][f] * (z.applyAsDouble(f) - means[f]);
    }
    return score;
  }
}
