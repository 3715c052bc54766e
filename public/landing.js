// The command line on this page names the hub that served it, whatever port or proxy it stands behind.
document.getElementById('origin').textContent = window.location.origin;
