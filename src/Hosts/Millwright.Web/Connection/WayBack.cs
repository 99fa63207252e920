using Microsoft.AspNetCore.Http;

namespace Millwright.Web.Connection;

/// <summary>Where a form leads to when it is done.</summary>
public static class WayBack
{
    /// <summary>Goes to a path of this site, or to the Overview: <c>//other.example</c> and <c>/\other.example</c> would leave it.</summary>
    public static IResult To(string? path) => Results.LocalRedirect(path is ['/', not ('/' or '\\'), ..] ? path : "/");
}
