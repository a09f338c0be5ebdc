
// A request that waits: the styles below this script are asked for as soon as it ends.
{
  const script = document.currentScript;
  const has = (folder) => {
    try {
      const request = new XMLHttpRequest();
      request.open("HEAD", location.origin + folder + script.dataset.ofTheBook, false);
      request.send();
      return request.status === 200 && /css/.test(request.getResponseHeader("content-type"));
    } catch {
      return false;
    }
  };
  const above = (path) => path.slice(0, path.lastIndexOf("/", path.length - 2) + 1);
  let folder = location.pathname.replace(/[^/]*$/, "");
  while (folder !== "/" && !has(folder)) folder = above(folder) || "/";
  const base = document.createElement("base");
  base.href = location.origin + folder;
  script.after(base);
}
