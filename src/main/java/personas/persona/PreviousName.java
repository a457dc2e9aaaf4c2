package personas.persona;

/**
 * The name that a cluster had in the run before.
 *
 * @param declared whether it was a declared persona's; else it was made
 */
public record PreviousName(String persona, boolean declared) {}
