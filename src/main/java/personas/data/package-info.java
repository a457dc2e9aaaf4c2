/**
 * User records - schema, parsers, shards, moments, the standardiser. This package may import math.
 */
package personas.data;
