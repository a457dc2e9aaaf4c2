/** A finished model as a library, which needs only Jackson beside the classes of the program. */
package personas;
