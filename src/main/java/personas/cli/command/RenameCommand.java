package personas.cli.command;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.io.FileSystems;
import personas.cli.exit.ExitCode;
import personas.cli.exit.UsageException;
import personas.cli.option.OptionParser;
import personas.cli.option.RenameOptions;
import personas.cli.plan.RenamePlanner;
import personas.cli.runner.StagingOwner;
import personas.connector.storage.AtomicFiles;
import personas.connector.storage.Folder;
import personas.math.Hashing;
import personas.run.RunFolders;
import personas.run.publication.OutcomeFile;
import personas.run.publication.Publication;
import personas.run.publication.ReplacedResults;
import personas.run.rename.PersonaRename;
import personas.run.rename.RenamedResults;
import personas.text.TerminalText;

/**
 * The command {@code rename}: gives a persona of a finished run another name in all results of the
 * run. The renamed results are written to a staging folder and then published like the results of a
 * run, so a folder with a {@code model.json} is always complete.
 */
public final class RenameCommand {
  private RenameCommand() {}

  /** Runs the command and returns the exit code. */
  public static int run(String[] args, PrintStream out) throws UsageException, IOException {
    RenameOptions options = OptionParser.parse(args, RenameOptions.class);
    FileSystems.setDefaultPipelineOptions(options);
    RenamePlanner planner = new RenamePlanner(options);
    PersonaRename rename = planner.rename();
    String output = planner.folder();
    RunFolders folders =
        new RunFolders(
            "", output, output + "/" + RunFolders.STAGING_PREFIX + StagingOwner.runName(options));
    StagingOwner.removeAbandoned(folders);
    planner.refuseLocked(folders);
    try {
      publish(folders, planner, new AtomicFiles(options));
    } finally {
      folders.removeStaging();
    }
    ReplacedResults.deleteKept(output);
    if (!options.isQuiet()) {
      print(rename, planner, out);
    }
    return ExitCode.DONE;
  }

  private static void publish(RunFolders folders, RenamePlanner planner, AtomicFiles atomicFiles)
      throws IOException {
    Publication publication = new Publication(folders, atomicFiles);
    Folder staged = publication.attemptFolder();
    staged.create();
    RenamedResults results =
        new RenamedResults(folders.outputFolder(), staged, planner.model(), planner.rename());
    List<String> files = results.write();
    byte[] outcome = results.outcome();
    publication.publish(
        files,
        () -> {
          // The lock is held, so no other run can publish now. But a run may have published after
          // the planner read the model.
          String digest = Hashing.sha256(Folder.readAll(folders.outputFolder().file("model.json")));
          if (!digest.equals(planner.digest())) {
            throw new IOException(
                folders.output()
                    + ": another run has published to this folder in the meantime, so nothing was renamed;"
                    + " start the command again");
          }
        });
    if (outcome != null && !new OutcomeFile(folders, atomicFiles).write(outcome)) {
      throw new IOException(
          folders.output()
              + ": another run has published to this folder in the meantime, so run.json was not written");
    }
  }

  private static void print(PersonaRename rename, RenamePlanner planner, PrintStream out) {
    out.println(
        TerminalText.line(
            String.format(
                Locale.ROOT,
                "%s: persona %d is now called %s; it was called %s",
                planner.folder(),
                rename.id(),
                rename.to(),
                rename.from())));
    out.println(
        "Later runs that continue from this run keep the name. Run score again to rename its results.");
    for (String sink : planner.sinkNames()) {
      out.println(TerminalText.line(sink + " keeps the old name until the next run writes it."));
    }
  }
}
