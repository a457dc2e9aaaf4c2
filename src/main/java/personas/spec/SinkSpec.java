package personas.spec;

import java.io.Serializable;

/**
 * A table or a topic of another system that a spec names and that gets results beside the files.
 * Each connector has its own sink, see {@code personas.connector}.
 */
public interface SinkSpec extends Serializable {}
