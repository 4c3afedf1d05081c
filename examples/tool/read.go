package main

// reader reads the member at a place.
type reader = func(at string, data []byte)

func readConfig(p *place, data []byte, cfg *config) {
	p.object("", data, map[string]reader{
		"addr": p.text(&cfg.Addr), "baseURL": p.text(&cfg.BaseURL), "bearerNote": p.text(&cfg.BearerNote), "portal": p.text(&cfg.Portal),
		"registrations": func(at string, data []byte) {
			p.list(at, data, func(at string, item []byte) {
				var r registration
				p.object(at, item, r.readers(p))
				cfg.Registrations = append(cfg.Registrations, r)
			})
		},
	})
}

func (r *registration) readers(p *place) map[string]reader {
	return map[string]reader{
		"profile": p.text(&r.Profile), "issuer": p.text(&r.Issuer), "audience": p.text(&r.Audience), "jwks": p.text(&r.JWKS),
		"clientId": p.text(&r.ClientID), "key": p.text(&r.Key), "actorClaim": p.text(&r.ActorClaim), "relationClaim": p.text(&r.RelationClaim),
		"algorithms": texts(p, &r.Algorithms), "acting": texts(p, &r.Acting),
	}
}

// texts reads a list of texts. An empty one is not the same as none.
func texts[T ~string](p *place, into *[]T) reader {
	return func(at string, data []byte) {
		*into = []T{}
		p.list(at, data, func(at string, item []byte) {
			var text string
			p.text(&text)(at, item)
			*into = append(*into, T(text))
		})
	}
}
