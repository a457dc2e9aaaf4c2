package personas.pipeline.stream;

import java.io.IOException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionView;
import org.joda.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import personas.connector.storage.SerializedFile;
import personas.model.score.VersionedModel;
import personas.pipeline.combine.ValueCoder;
import personas.run.ModelFile;
import personas.run.StreamPlan;
import personas.text.TerminalText;

/**
 * The latest model: first the one that the job was started with, then what its file holds, read
 * again every {@link StreamPlan#refreshSeconds}. A file that is no model of the same segmentation
 * is logged and counted, and the model before it stays.
 */
final class RefreshModel extends PTransform<PBegin, PCollectionView<VersionedModel>> {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(RefreshModel.class);

  private final StreamPlan plan;

  RefreshModel(StreamPlan plan) {
    this.plan = plan;
  }

  @Override
  public PCollectionView<VersionedModel> expand(PBegin begin) {
    Coder<VersionedModel> coder =
        new ValueCoder<>(
            VersionedModel.class,
            SerializedFile::write,
            in -> SerializedFile.read(in, VersionedModel.class));
    PCollection<VersionedModel> first =
        begin.apply("First model", Create.of(plan.first()).withCoder(coder));
    PCollection<VersionedModel> later =
        begin
            .apply(
                "Ticks",
                GenerateSequence.from(0)
                    .withRate(1, Duration.standardSeconds(plan.refreshSeconds())))
            .apply("Read model", ParDo.of(new ReadModel(plan)))
            .setCoder(coder);
    return PCollectionList.of(first)
        .and(later)
        .apply("Models", Flatten.pCollections())
        .apply(
            "Each model",
            Window.<VersionedModel>configure()
                .triggering(Repeatedly.forever(AfterPane.elementCountAtLeast(1)))
                // So that a model that is read late never takes the place of a later one.
                .accumulatingFiredPanes())
        .apply("Latest model", Combine.globally(new Later()).withoutDefaults().asSingletonView());
  }

  private static final class Later
      implements SerializableFunction<Iterable<VersionedModel>, VersionedModel> {
    private static final long serialVersionUID = 1;

    @Override
    public VersionedModel apply(Iterable<VersionedModel> models) {
      return VersionedModel.later(models);
    }
  }

  private static final class ReadModel extends DoFn<Long, VersionedModel> {
    private static final long serialVersionUID = 1;

    private final Counter failures = Metrics.counter("personas", "model_refresh_failures");
    private final ModelFile source;
    private final String segmentation;

    ReadModel(StreamPlan plan) {
      this.source = plan.source();
      this.segmentation = plan.first().model().name();
    }

    @ProcessElement
    public void process(@Element Long tick, OutputReceiver<VersionedModel> out) {
      try {
        VersionedModel read = source.read(tick + 1);
        if (!read.model().name().equals(segmentation)) {
          throw new IOException(
              source.path()
                  + ": is of segmentation '"
                  + read.model().name()
                  + "', the stream is scored for '"
                  + segmentation
                  + "'");
        }
        out.output(read);
      } catch (IOException | RuntimeException e) {
        failures.inc();
        LOG.warn(
            "the model stays as it was: {}", TerminalText.line(String.valueOf(e.getMessage())));
      }
    }
  }
}
