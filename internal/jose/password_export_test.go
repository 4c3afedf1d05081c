package jose

// WrapKey and UnwrapKey are RFC 3394, for its vectors.
var (
	WrapKey   = wrapKey
	UnwrapKey = unwrapKey
)
