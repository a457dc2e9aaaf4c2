package personas.persona;

/**
 * The name of a cluster in the previous run.
 *
 * @param persona the name
 * @param declared whether the spec of the previous run declared the persona; otherwise the name was
 *     generated
 * @param renamedFrom the name before a person renamed the persona; null if nobody renamed the
 *     persona
 */
public record PreviousName(String persona, boolean declared, String renamedFrom) {}
