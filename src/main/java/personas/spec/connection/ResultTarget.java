package personas.spec.connection;

import java.io.Serializable;

/** A table or a topic of another system that gets results beside the files. */
public interface ResultTarget extends Serializable {}
