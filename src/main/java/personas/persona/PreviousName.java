package personas.persona;

/**
 * The name that a cluster had in the run before.
 *
 * @param declared whether it was a declared persona's; else it was made
 * @param renamedFrom the name before a person gave this one; null if nobody did
 */
public record PreviousName(String persona, boolean declared, String renamedFrom) {}
