package launchtest

import (
	"net/http"
)

// Endpoint names a part of the simulator.
type Endpoint string

// The endpoints. Where the shape of the real one is not public, it says so.
const (
	EndpointDiscovery  Endpoint = "discovery"
	EndpointJWKS       Endpoint = "jwks" // assumption: its path
	EndpointPAR        Endpoint = "par"
	EndpointAuthorize  Endpoint = "authorize"
	EndpointLogin      Endpoint = "login"  // the simulator's own pages
	EndpointChoose     Endpoint = "choose" // the simulator's own pages
	EndpointToken      Endpoint = "token"
	EndpointRevoke     Endpoint = "revoke"
	EndpointExtend     Endpoint = "extend" // assumption: all but that it is there
	EndpointIntrospect Endpoint = "introspect"
	EndpointLogout     Endpoint = "logout"
)

// Endpoints lists them all.
func Endpoints() []Endpoint {
	return []Endpoint{EndpointDiscovery, EndpointJWKS, EndpointPAR, EndpointAuthorize, EndpointLogin, EndpointChoose, EndpointToken,
		EndpointRevoke, EndpointExtend, EndpointIntrospect, EndpointLogout}
}

// paths below the two hosts. The mix of versions is the real one's.
var paths = map[Endpoint]string{
	EndpointDiscovery:  "/sts/oidcprov/v3/.well-known/openid-configuration",
	EndpointJWKS:       "/sts/oidcprov/v3/jwks",
	EndpointPAR:        "/sts/oidcprov/v1/par",
	EndpointAuthorize:  "/sts/oidcprov/v2/authorize",
	EndpointLogin:      "/simulator/login",
	EndpointChoose:     "/simulator/choose",
	EndpointToken:      "/sts/oidcprov/v3/token",
	EndpointRevoke:     "/sts/oidcprov/v1/revoke",
	EndpointExtend:     "/sts/oidcprov/v1/extend",
	EndpointIntrospect: "/sts/oidcprov/introspect/v1",
	EndpointLogout:     "/sts/oidcprov/v2/logout",
}

// atPortal are the endpoints that a browser goes to.
var atPortal = map[Endpoint]bool{EndpointAuthorize: true, EndpointLogin: true, EndpointChoose: true, EndpointLogout: true}

// Issuer is the provider's issuer, where discovery starts.
func (h *Helsenorge) Issuer() string { return h.cfg.API + "/sts/oidcprov/v3" }

// Address is where an endpoint is.
func (h *Helsenorge) Address(e Endpoint) string {
	if atPortal[e] {
		return h.cfg.Portal + paths[e]
	}
	return h.cfg.API + paths[e]
}

// APIHandler answers on the API host.
func (h *Helsenorge) APIHandler() http.Handler { return h.api }

// PortalHandler answers on the portal's host.
func (h *Helsenorge) PortalHandler() http.Handler { return h.portal }

func (h *Helsenorge) apiRoutes() http.Handler {
	mux := http.NewServeMux()
	for e, answer := range map[Endpoint]func(*exchange) error{EndpointDiscovery: h.discovery, EndpointJWKS: h.jwks} {
		mux.Handle(paths[e], h.route(e, http.MethodGet, answer))
	}
	for e, answer := range map[Endpoint]func(*exchange, HelsenorgeClient) error{EndpointPAR: h.par, EndpointToken: h.token,
		EndpointRevoke: h.revoke, EndpointExtend: h.extend, EndpointIntrospect: h.introspect} {
		mux.Handle(paths[e], h.route(e, http.MethodPost, h.forClients(answer)))
	}
	return mux
}

func (h *Helsenorge) portalRoutes() http.Handler {
	mux := http.NewServeMux()
	for e, answer := range map[Endpoint]func(*exchange) error{EndpointAuthorize: h.authorize, EndpointLogout: h.logout} {
		mux.Handle(paths[e], h.route(e, http.MethodGet, answer))
	}
	for e, answer := range map[Endpoint]func(*exchange) error{EndpointLogin: h.login, EndpointChoose: h.choose} {
		mux.Handle(paths[e], h.route(e, http.MethodPost, answer))
	}
	return mux
}
