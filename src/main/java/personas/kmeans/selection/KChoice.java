package personas.kmeans.selection;

import java.io.Serializable;

/**
 * Which candidate became the model, and why.
 *
 * @param index of the candidate
 * @param clear false where the users have no clear structure and the smallest k stands in
 * @param reason one sentence
 */
public record KChoice(int index, boolean clear, String reason) implements Serializable {}
